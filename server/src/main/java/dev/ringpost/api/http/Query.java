package dev.ringpost.api.http;

import dev.ringpost.api.problem.Faults;
import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemType;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The query parameters of a request. A fault's pointer is the parameter's name behind a slash. */
public final class Query {
    private final Map<String, String> values;
    private final Faults faults;
    private final Set<String> asked = new HashSet<>();

    Query(Map<String, String> values, Faults faults) {
        this.values = values;
        this.faults = faults;
    }

    /** @throws dev.ringpost.api.problem.ProblemException 400 where the query's percent-encoding is broken */
    static Query of(RoutingContext routing, Faults faults) {
        String text = routing.request().query();
        if (text == null || text.isEmpty()) {
            return new Query(Map.of(), faults);
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, String> parameter : decoded(routing)) {
            if (values.put(parameter.getKey(), parameter.getValue()) != null) {
                faults.add("/" + parameter.getKey(), "is given twice in the query");
            }
        }
        return new Query(values, faults);
    }

    private static MultiMap decoded(RoutingContext routing) {
        try {
            return routing.queryParams();
        } catch (IllegalArgumentException | HttpException e) {
            throw new Problem(ProblemType.MALFORMED_REQUEST, "The query's percent-encoding is broken").asException();
        }
    }

    /** Null where it is not there. */
    public @Nullable String get(String name) {
        asked.add(name);
        return values.get(name);
    }

    public void fault(String name, String message) {
        faults.add("/" + name, message);
    }

    /** A fault for each parameter that was not asked for. */
    public void done() {
        for (String name : values.keySet()) {
            if (!asked.contains(name)) {
                faults.add("/" + name, "is not a known query parameter");
            }
        }
    }

    Faults faults() {
        return faults;
    }
}
