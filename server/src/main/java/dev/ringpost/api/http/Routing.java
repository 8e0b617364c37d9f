package dev.ringpost.api.http;

import dev.ringpost.api.problem.Failures;
import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemType;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Finds a request's operation by path and method. */
public final class Routing {
    private Routing() {}

    /**
     * The operations as a router; those that come first are found fastest.
     *
     * @param besides adds what else is served, behind the operations
     */
    public static Router router(
            Vertx vertx,
            List<Operation> operations,
            FrontDoor door,
            RequestListener listener,
            Cors cors,
            Consumer<Router> besides) {
        RequestListener.OfOperation none = listener.of("none");
        Router router = Router.router(vertx);
        if (cors.isOn()) {
            router.route(Cors.COVERED + "*").handler(cors::mark);
        }
        byPath(operations).forEach((path, onPath) -> {
            onPath.forEach((method, operation) -> {
                RequestListener.OfOperation own = listener.of(operation.toString());
                router.route(method, path).handler(routing -> door.admit(routing, operation, own));
            });
            TreeSet<String> methods = new TreeSet<>();
            onPath.keySet().forEach(method -> methods.add(method.name()));
            if (cors.isOn() && path.startsWith(Cors.COVERED)) {
                methods.add(HttpMethod.OPTIONS.name());
                router.route(HttpMethod.OPTIONS, path).handler(routing -> cors.preflight(routing, methods));
            }
            router.route(path).handler(routing -> send(routing, none, methodRefused(routing, methods)));
        });
        besides.accept(router);
        router.route().handler(routing -> send(routing, none, nothingThere()));
        router.errorHandler(400, routing -> send(routing, none, malformed()));
        router.errorHandler(404, routing -> send(routing, none, nothingThere()));
        router.errorHandler(500, routing -> {
            Throwable failure = routing.failure() == null
                    ? new IllegalStateException("The router failed without a cause")
                    : routing.failure();
            send(routing, none, Failures.problemOf(failure, "routing"));
        });
        return router;
    }

    /** Literal paths before those with an id, which would take their last segment for one. */
    private static Map<String, Map<HttpMethod, Operation>> byPath(List<Operation> operations) {
        Map<String, Map<HttpMethod, Operation>> paths = new LinkedHashMap<>();
        operations.stream()
                .sorted(Comparator.comparing(operation -> operation.path().contains(":")))
                .forEach(operation -> {
                    Map<HttpMethod, Operation> onPath =
                            paths.computeIfAbsent(operation.path(), path -> new LinkedHashMap<>());
                    onPath.put(operation.method(), operation);
                    if (operation.method().equals(HttpMethod.GET)) {
                        onPath.put(HttpMethod.HEAD, operation);
                    }
                });
        return paths;
    }

    private static Problem methodRefused(RoutingContext routing, Collection<String> methods) {
        String allowed = String.join(", ", methods);
        return new Problem(
                        ProblemType.METHOD_NOT_ALLOWED,
                        "This path takes " + allowed + ", not "
                                + routing.request().method())
                .withHeader("allow", allowed);
    }

    private static Problem nothingThere() {
        return Problem.notFound("There is nothing at this path; GET /openapi.yaml lists what there is");
    }

    private static Problem malformed() {
        return new Problem(ProblemType.MALFORMED_REQUEST, "The path's percent-encoding is broken");
    }

    private static void send(RoutingContext routing, RequestListener.OfOperation listener, Problem problem) {
        listener.came();
        Reply reply = Reply.of(problem);
        Answer.send(routing.vertx(), routing.request(), reply);
        listener.answered(reply.status(), 0);
    }
}
