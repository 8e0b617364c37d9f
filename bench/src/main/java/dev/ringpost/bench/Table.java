package dev.ringpost.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The result: rows under section titles. Rows are shown as they come, and all of them as Markdown at the end. */
final class Table {
    private static final int NAME_WIDTH = 46;

    private final PrintStream out;
    private final List<Section> sections = new ArrayList<>();

    private record Section(String title, List<Column> columns, List<Row> rows) {}

    Table(PrintStream out) {
        this.out = out;
    }

    void section(String title, List<Column> columns) {
        sections.add(new Section(title, columns, new ArrayList<>()));
        out.println();
        out.println(pad(title, NAME_WIDTH)
                + String.join("", columns.stream().map(Table::titleCell).toList()));
    }

    void add(Row row) {
        Section section = sections.getLast();
        section.rows().add(row);
        out.println(pad(row.name(), NAME_WIDTH)
                + String.join(
                        "",
                        section.columns().stream()
                                .map(column -> " "
                                                .repeat(Math.max(
                                                        2,
                                                        titleCell(column).length()
                                                                - row.text(column)
                                                                        .length()))
                                        + row.text(column))
                                .toList()));
        out.flush();
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        for (Section section : sections) {
            text.append('\n')
                    .append(line(Stream.concat(
                            Stream.of(section.title()),
                            section.columns().stream().map(Column::title))))
                    .append(line(Stream.concat(
                            Stream.of("---"), section.columns().stream().map(column -> "---:"))));
            for (Row row : section.rows()) {
                text.append(line(Stream.concat(
                        Stream.of(row.name()), section.columns().stream().map(row::text))));
            }
        }
        return text.toString();
    }

    private static String line(Stream<String> cells) {
        return "| " + String.join(" | ", cells.toList()) + " |\n";
    }

    private static String titleCell(Column column) {
        return "  " + " ".repeat(Math.max(0, 7 - column.title().length())) + column.title();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
