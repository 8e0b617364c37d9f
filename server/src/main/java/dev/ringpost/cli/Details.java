package dev.ringpost.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.cli.remote.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One thing for people: a line for each member that has a value. */
final class Details {
    private Details() {}

    static List<String> lines(JsonNode thing) {
        List<String> lines = new ArrayList<>();
        int width = 0;
        for (Map.Entry<String, JsonNode> member : thing.properties()) {
            width = Math.max(width, member.getKey().length());
        }
        for (Map.Entry<String, JsonNode> member : thing.properties()) {
            String value = text(member.getValue());
            if (!value.isEmpty()) {
                String name = member.getKey();
                lines.add(name + " ".repeat(width - name.length() + 2) + value);
            }
        }
        return lines;
    }

    /** Of an object its members, but for those without a value. */
    private static String text(JsonNode value) {
        if (!value.isObject()) {
            return Table.show(value).replaceAll("\\p{Cntrl}", " ");
        }
        List<String> members = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            String text = text(member.getValue());
            if (!text.isEmpty()) {
                members.add(member.getKey() + "=" + text);
            }
        }
        return String.join(" ", members);
    }
}
