package dev.ringpost.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Items as lines of aligned columns, for people.
 *
 * @param columns from the left; the last one is cut where a line is too long
 */
public record Table(List<Column> columns) {
    private static final String GAP = "  ";
    private static final String ELLIPSIS = "\u2026";

    public Table {
        columns = List.copyOf(columns);
    }

    /**
     * A column and what it shows of an item.
     *
     * @param isState says how well something is, which is coloured
     */
    public record Column(String name, Function<JsonNode, String> text, boolean isState) {
        /** A member of the item. */
        public static Column of(String name, String member) {
            return new Column(name, item -> show(item.path(member)), false);
        }

        /** A member that says how well something is. */
        public static Column state(String name, String member) {
            return new Column(name, item -> show(item.path(member)), true);
        }

        /** A time to the second, in UTC like all of them. */
        public static Column time(String name, String member) {
            return new Column(
                    name, item -> show(item.path(member)).replaceFirst("T", " ").replaceFirst("\\.\\d+Z$", ""), false);
        }
    }

    /** How lines are shown. */
    public record Style(int width, boolean colours) {}

    /**
     * The lines, with a heading.
     *
     * @param style its width is that of the terminal; 0: lines are never cut
     */
    public List<String> lines(List<JsonNode> items, Style style) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(columns.stream().map(Column::name).toList());
        for (JsonNode item : items) {
            rows.add(columns.stream()
                    .map(column -> clean(column.text().apply(item)))
                    .toList());
        }
        int[] widths = new int[columns.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            String line = cut(line(row, widths), style.width());
            lines.add(style.colours() ? coloured(line, row, widths, lines.isEmpty()) : line);
        }
        return lines;
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(cells.get(i))
                    .repeat(' ', widths[i] - cells.get(i).length())
                    .append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private static String cut(String line, int width) {
        return width == 0 || line.length() <= width ? line : line.substring(0, Math.max(0, width - 1)) + ELLIPSIS;
    }

    private String coloured(String line, List<String> cells, int[] widths, boolean isHeading) {
        if (isHeading) {
            return Colour.BOLD.of(line);
        }
        int start = 0;
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            int end = start + cell.length();
            if (columns.get(i).isState() && end <= line.length()) {
                return line.substring(0, start) + Colour.ofState(cell) + line.substring(end);
            }
            start += widths[i] + GAP.length();
        }
        return line;
    }

    /** What users and receivers wrote must not move the cursor or forge lines. */
    static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    /** A value for people: nothing for null, words for a list. */
    public static String show(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        if (value.isArray()) {
            List<String> each = new ArrayList<>();
            value.forEach(item -> each.add(show(item)));
            return String.join(",", each);
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
