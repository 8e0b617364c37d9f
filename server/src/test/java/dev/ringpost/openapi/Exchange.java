package dev.ringpost.openapi;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * A request that was made and its answer.
 *
 * @param answer where the description has it
 * @param json the answer's body; missing where it is none
 */
record Exchange(Description.Operation operation, Reply reply, JsonPointer answer, JsonNode json) {
    private static final String PROBLEMS = "https://ringpost.dev/problems/";

    /** An answer as it came. */
    record Reply(int status, HttpHeaders headers, String body) {
        Optional<String> header(String name) {
            return headers.firstValue(name);
        }
    }

    int status() {
        return reply.status();
    }

    String text(String pointer) {
        return json.at(pointer).asText();
    }

    String id() {
        return text("/id");
    }

    boolean isProblem() {
        return text("/type").startsWith(PROBLEMS);
    }

    /** The last part of the problem's type. */
    String problem() {
        return text("/type").substring(PROBLEMS.length());
    }
}
