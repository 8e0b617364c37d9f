package dev.ringpost.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ringpost.api.http.Access;
import dev.ringpost.api.http.Operation;
import dev.ringpost.api.http.Reply;
import dev.ringpost.api.http.Request;
import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The service itself: is it alive, is it ready, what can it do. */
final class ServiceRoutes {
    private final ApiParts parts;

    ServiceRoutes(ApiParts parts) {
        this.parts = parts;
    }

    List<Operation> operations() {
        return List.of(
                Operation.get("/healthz", Access.PUBLIC, request -> status("alive")),
                Operation.get("/readyz", Access.PUBLIC, this::ready),
                Operation.get("/metrics", Access.PUBLIC, this::metrics),
                Operation.get("/openapi.yaml", Access.PUBLIC, ServiceRoutes::description));
    }

    private Reply ready(Request request) {
        Optional<String> whyNot = parts.readiness().whyNot();
        return whyNot.isEmpty()
                ? status("ready")
                : Reply.of(new Problem(ProblemType.NOT_READY, whyNot.get()).withHeader("retry-after", "1"));
    }

    private Reply metrics(Request request) {
        byte[] text = parts.metrics().text().getBytes(UTF_8);
        return new Reply(200, "text/plain; version=0.0.4; charset=utf-8", Map.of(), text);
    }

    private static Reply status(String status) {
        return Reply.ok(json -> {
            json.writeStartObject();
            json.writeStringField("status", status);
            json.writeEndObject();
        });
    }

    private static Reply description(Request request) {
        try (InputStream yaml = ServiceRoutes.class.getResourceAsStream("/openapi.yaml")) {
            if (yaml == null) {
                throw Problem.notFound("This build has no openapi.yaml").asException();
            }
            return new Reply(200, "application/yaml", Map.of(), yaml.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("openapi.yaml can't be read from the jar", e);
        }
    }
}
