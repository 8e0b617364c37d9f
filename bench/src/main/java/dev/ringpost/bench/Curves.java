package dev.ringpost.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Draws how cost grows as an SVG picture: a column for each thing that grows, deliveries a second above and p99 below. It
 * has a background of its own in either colour scheme.
 */
final class Curves {
    private static final int PANEL_WIDTH = 230;
    private static final int PANEL_HEIGHT = 150;
    private static final int LEFT = 62;
    private static final int GAP = 34;
    private static final int TOP = 54;
    private static final int ROW = 218;
    private static final int HEIGHT = TOP + ROW + PANEL_HEIGHT + 52;

    private static final String STYLE = """
            <style>
            .card{fill:#fff} .frame{fill:none;stroke:#c9ccd1} .grid{stroke:#e8eaed}
            text{font:12px system-ui,sans-serif;fill:#3c4149} .title{font-weight:600}
            .line{fill:none;stroke:#1668c7;stroke-width:2} .dot{fill:#1668c7} .value{font-size:11px}
            @media (prefers-color-scheme: dark){.card{fill:#16181d} .frame{stroke:#4a4f58} .grid{stroke:#2b2f36}
            text{fill:#d5d8dd} .line{stroke:#6cb0ff} .dot{fill:#6cb0ff}}
            </style>
            """;

    private final List<Curve> curves = new ArrayList<>();

    /** How one thing grows. */
    static final class Curve {
        private final String what;
        private final List<Point> points = new ArrayList<>();

        Curve(String what) {
            this.what = what;
        }

        void add(long size, Row row) {
            points.add(new Point(size, row.value(Column.DONE), row.value(Column.P99)));
        }
    }

    private record Point(long size, double done, double p99) {}

    void add(Curve curve) {
        curves.add(curve);
    }

    String svg() {
        int width = curves.size() * (LEFT + PANEL_WIDTH) + GAP;
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                        + " aria-label=\"Deliveries a second and p99 as what is stored grows\">%n",
                width,
                HEIGHT));
        svg.append(STYLE).append("<rect class=\"card\" width=\"100%\" height=\"100%\" rx=\"6\"/>\n");
        double mostDone = most(Point::done);
        double mostP99 = most(Point::p99);
        for (int i = 0; i < curves.size(); i++) {
            int x = LEFT + i * (LEFT + PANEL_WIDTH);
            Curve curve = curves.get(i);
            text(svg, x, TOP - 28, "title", "start", curve.what);
            panel(svg, x, TOP, curve, Point::done, mostDone, "delivered a second");
            panel(svg, x, TOP + ROW, curve, Point::p99, mostP99, "p99 ms at 1000 a second");
        }
        return svg.append("</svg>\n").toString();
    }

    private double most(ToDoubleFunction<Point> value) {
        double most = curves.stream()
                .flatMap(curve -> curve.points.stream())
                .mapToDouble(value)
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        return roundUp(Math.max(most, 1e-3) * 1.05);
    }

    /** To 1, 2, 3, 4, 5, 6 or 8 times a power of ten, so that the marks of an axis are round. */
    private static double roundUp(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (int times : new int[] {1, 2, 3, 4, 5, 6, 8}) {
            if (times * power >= value) {
                return times * power;
            }
        }
        return 10 * power;
    }

    private static void panel(
            StringBuilder svg, int x, int y, Curve curve, ToDoubleFunction<Point> value, double most, String title) {
        text(svg, x, y - 8, "value", "start", title);
        for (int mark = 0; mark <= 4; mark++) {
            double at = y + PANEL_HEIGHT - mark * PANEL_HEIGHT / 4.0;
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>%n",
                    x,
                    x + PANEL_WIDTH,
                    at,
                    at));
            text(svg, x - 6, at + 4, "value", "end", amount(most * mark / 4));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"frame\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>%n",
                x,
                y,
                PANEL_WIDTH,
                PANEL_HEIGHT));
        StringBuilder line = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        int steps = curve.points.size();
        for (int i = 0; i < steps; i++) {
            Point point = curve.points.get(i);
            double px = x + PANEL_WIDTH * (i + 0.5) / steps;
            double py = y + PANEL_HEIGHT * (1 - Math.clamp(value.applyAsDouble(point) / most, 0, 1));
            line.append(String.format(Locale.ROOT, "%.1f,%.1f ", px, py));
            dots.append(
                    String.format(Locale.ROOT, "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>%n", px, py));
            text(svg, px, y + PANEL_HEIGHT + 18, "value", "middle", amount((double) point.size()));
        }
        svg.append("<polyline class=\"line\" points=\"")
                .append(line.toString().strip())
                .append("\"/>\n")
                .append(dots);
    }

    private static void text(StringBuilder svg, double x, double y, String kind, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                kind,
                x,
                y,
                anchor,
                text));
    }

    private static String amount(double value) {
        if (value >= 1e6) {
            return trimmed(value / 1e6) + " M";
        }
        return value >= 1e4 ? trimmed(value / 1e3) + " k" : trimmed(value);
    }

    private static String trimmed(double value) {
        return String.format(Locale.ROOT, "%.2f", value).replaceFirst("\\.?0+$", "");
    }
}
