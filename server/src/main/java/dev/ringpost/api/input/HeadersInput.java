package dev.ringpost.api.input;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A webhook's extra request headers. */
public final class HeadersInput {
    /** What is shown in place of a value; sent back, it leaves the value as it is. */
    public static final String MASK = "***";

    private static final int MOST = 20;
    private static final int LONGEST_VALUE = 4096;
    /** A token of RFC 9110, section 5.6.2. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
    /** Visible characters, with spaces between them; RFC 9110, section 5.5, but for the bytes above ASCII. */
    private static final Pattern VALUE = Pattern.compile("[!-~]([ \\t!-~]*[!-~])?");

    private static final Set<String> SET_BY_RINGPOST =
            Set.of("host", "content-length", "content-type", "content-encoding", "user-agent", "accept-encoding");
    private static final List<String> PREFIXES_OF_RINGPOST = List.of("webhook-", "ringpost-", "proxy-");
    /** RFC 9110, section 7.6.1, and what concerns the connection alone. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "expect", "http2-settings");

    private HeadersInput() {}

    /** Lower-case names, in the order given; {@code base} where the field is absent. */
    static Map<String, String> read(Fields body, Map<String, String> base) {
        Fields fields = body.child("headers");
        if (fields == null) {
            return base;
        }
        List<String> names = fields.names();
        if (names.size() > MOST) {
            body.fault("headers", "must have at most " + MOST + " headers");
            return base;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : names) {
            String key = name.toLowerCase(Locale.ROOT);
            String pointer = body.at("headers") + "/" + TextRules.escape(name);
            String value = value(fields, name, base.get(key));
            String fault = fault(key, value);
            if (fault == null && headers.containsKey(key)) {
                fault = "is given twice: case makes no difference";
            }
            if (fault != null || value == null) {
                body.faults().add(pointer, fault == null ? "must be a string" : fault);
                continue;
            }
            headers.put(key, value);
        }
        return headers;
    }

    private static @Nullable String value(Fields fields, String name, @Nullable String kept) {
        var node = fields.value(name);
        String text = node != null && node.isTextual() ? node.textValue() : null;
        return kept != null && MASK.equals(text) ? kept : text;
    }

    private static @Nullable String fault(String name, @Nullable String value) {
        if (!NAME.matcher(name).matches()) {
            return "is no name of a header";
        }
        if (HOP_BY_HOP.contains(name)
                || SET_BY_RINGPOST.contains(name)
                || PREFIXES_OF_RINGPOST.stream().anyMatch(name::startsWith)) {
            return "is a header that Ringpost or the connection sets";
        }
        if (value == null) {
            return null;
        }
        if (value.equals(MASK)) {
            return "is the mask of a value, not a value";
        }
        return value.length() <= LONGEST_VALUE && VALUE.matcher(value).matches()
                ? null
                : "must have 1 to " + LONGEST_VALUE + " visible ASCII characters, with spaces only between them";
    }
}
