package dev.ringpost.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes bodies of requests. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** @param entries names and values, in turn; a map is an object, a list an array */
    static Map<String, Object> map(Object... entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], entries[i + 1]);
        }
        return map;
    }

    /** Without a single quote, which {@link dev.ringpost.running.Api} takes for a double one. */
    static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value).replace("'", "\\u0027");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static String object(Object... entries) {
        return text(map(entries));
    }
}
