package dev.ringpost.sqlite;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A response's headers as JSON. */
final class HeadersJson {
    private HeadersJson() {}

    static String write(Map<String, List<String>> headers) {
        if (headers.isEmpty()) {
            return "{}";
        }
        byte[] json = JsonSink.write(sink -> {
            for (Map.Entry<String, List<String>> header : headers.entrySet()) {
                sink.texts(header.getKey(), header.getValue());
            }
        });
        return new String(json, StandardCharsets.UTF_8);
    }

    static Map<String, List<String>> read(String json) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        JsonSource.read(json.getBytes(StandardCharsets.UTF_8), (name, values) -> headers.put(name, values.texts()));
        return headers;
    }
}
