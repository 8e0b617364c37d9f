package dev.ringpost.api;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.api.http.Operation;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods, media types and HEAD, on every path that there is. */
class MethodsTest {
    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private final ApiClient operator = rig.operator();

    @Test
    void aMethodThatAPathDoesNotTakeIsA405WithThoseItTakes() {
        Map<String, TreeSet<String>> paths = rig.operations().stream()
                .collect(groupingBy(
                        Operation::path, mapping(operation -> operation.method().name(), toCollection(TreeSet::new))));
        paths.forEach((path, methods) -> {
            if (methods.contains("GET")) {
                methods.add("HEAD");
            }
            for (String method : new String[] {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"}) {
                if (!methods.contains(method)) {
                    Answer refused = send(method, path);
                    assertThat(refused.status()).as(method + " " + path).isEqualTo(405);
                    assertThat(refused.problem()).isEqualTo("method-not-allowed");
                    assertThat(refused.header("allow")).as(path).isEqualTo(String.join(", ", methods));
                }
            }
        });
    }

    @Test
    void headIsGetWithoutItsBody() {
        for (Operation operation : rig.operations()) {
            if (operation.method().name().equals("GET") && !operation.isStream()) {
                Answer get = send("GET", operation.path());
                Answer head = send("HEAD", operation.path());
                assertThat(head.status()).as(operation.path()).isEqualTo(get.status());
                assertThat(head.http().body()).isEmpty();
                assertThat(head.header("content-type")).isEqualTo(get.header("content-type"));
                if (!operation.path().equals("/metrics")) {
                    assertThat(head.header("content-length"))
                            .as(operation.path())
                            .isEqualTo(get.header("content-length"));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/jsonx",
                "application/json; charset=iso-8859-1",
                "application/json-patch+json",
                ""
            })
    void onlyJsonIsTaken(String type) {
        for (Operation operation : rig.operations()) {
            String method = operation.method().name();
            if (method.equals("POST") || method.equals("PATCH")) {
                Answer refused = operator.send(
                        method,
                        operation.path().replace(":id", "x"),
                        BodyPublishers.ofString("{}"),
                        "content-type",
                        type);
                assertThat(refused.status()).as(operation.toString()).isEqualTo(415);
                assertThat(refused.header("accept")).isEqualTo("application/json");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "Application/JSON; Charset=\"UTF-8\"", "application/json;charset=utf-8"})
    void jsonIsTakenHoweverItIsWritten(String type) {
        operator.send("POST", "/v1/calls/web", BodyPublishers.ofString("{\"agent_id\": \"a\"}"), "content-type", type)
                .expect(201);
    }

    @Test
    void compressedBodiesAreNot() {
        operator.send("POST", "/v1/calls/web", BodyPublishers.ofString("{}"), "content-encoding", "gzip")
                .expect(415);
    }

    private Answer send(String method, String path) {
        return operator.send(method, path.replace(":id", "x").replace(":key_id", "x"), BodyPublishers.noBody());
    }
}
