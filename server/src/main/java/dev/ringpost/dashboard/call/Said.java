package dev.ringpost.dashboard.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that was said in a call.
 *
 * @param role who said it, as the voice platform names them
 */
public record Said(String role, String content, @Nullable String at) {
    /** Of a call's messages; nothing where there are none. A platform may report whatever JSON it likes. */
    static List<Said> of(@Nullable JsonNode messages) {
        List<Said> said = new ArrayList<>();
        if (messages != null && messages.isArray()) {
            for (JsonNode message : messages) {
                said.add(new Said(
                        message.path("role").asText(),
                        message.isObject() ? message.path("content").asText() : message.asText(),
                        message.path("at").isTextual() ? message.path("at").asText() : null));
            }
        }
        return said;
    }

    /** The agent's side of the conversation. */
    public boolean byAgent() {
        return role.equals("agent") || role.equals("assistant");
    }
}
