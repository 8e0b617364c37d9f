package dev.ringpost.dashboard.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a delivery's request as a command line, safe to paste into a POSIX shell whatever a payload holds. */
final class Curl {
    private static final String MASK = "***";

    private Curl() {}

    /** Headers whose values are secrets are left out. */
    static String of(Delivery delivery) {
        List<String> parts = new ArrayList<>();
        parts.add("curl -X POST " + quoted(delivery.url()));
        for (Map.Entry<String, String> header : delivery.headers().entrySet()) {
            if (!header.getValue().contains(MASK)) {
                parts.add("-H " + quoted(header.getKey() + ": " + header.getValue()));
            }
        }
        if (delivery.payload() != null) {
            parts.add("--data-raw " + quoted(delivery.payload().toString()));
        }
        return String.join(" \\\n  ", parts);
    }

    /** Between single quotes nothing has a meaning but the quote itself. */
    private static String quoted(@Nullable String text) {
        return "'" + (text == null ? "" : text.replace("'", "'\\''")) + "'";
    }
}
