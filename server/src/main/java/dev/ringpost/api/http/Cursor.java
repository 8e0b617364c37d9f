package dev.ringpost.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ringpost.id.IdKind;
import dev.ringpost.id.PublicIds;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a list goes on, and with which filters. In text it is opaque: base64url of path, filters, the public id of the
 * last item and a keyed tag of all that, which tells an honest cursor from one that was changed.
 *
 * @param path of the list, so that a cursor of one is no cursor of another
 * @param last the number of the last item that was shown
 */
record Cursor(String path, Map<String, String> filters, long last) {
    private static final String SEPARATOR = "\n";

    String text(PublicIds ids, IdKind kind) {
        StringBuilder plain = new StringBuilder(path);
        filters.forEach((name, value) ->
                plain.append(SEPARATOR).append(name).append('=').append(escape(value)));
        plain.append(SEPARATOR).append(ids.format(kind, last));
        String tag = ids.tag(plain.toString());
        return encode(plain.append(SEPARATOR).append(tag).toString());
    }

    /** Empty where the text is no cursor of this list. */
    static Optional<Cursor> parse(String text, String path, PublicIds ids, IdKind kind) {
        String tagged = decode(text);
        int end = tagged.lastIndexOf(SEPARATOR);
        if (end < 0 || !ids.tag(tagged.substring(0, end)).equals(tagged.substring(end + 1))) {
            return Optional.empty();
        }
        String[] lines = tagged.substring(0, end).split(SEPARATOR, -1);
        Optional<Long> last = ids.parse(kind, lines[lines.length - 1]);
        if (last.isEmpty() || !lines[0].equals(path)) {
            return Optional.empty();
        }
        Map<String, String> filters = new LinkedHashMap<>();
        for (int i = 1; i < lines.length - 1; i++) {
            int equals = lines[i].indexOf('=');
            if (equals < 0) {
                return Optional.empty();
            }
            filters.put(lines[i].substring(0, equals), unescape(lines[i].substring(equals + 1)));
        }
        return Optional.of(new Cursor(path, filters, last.get()));
    }

    private static String encode(String plain) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(UTF_8));
    }

    /** Empty where the text is not exactly what {@link #encode} makes: base64 has several texts for some bytes. */
    private static String decode(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), UTF_8);
            return encode(plain).equals(text) ? plain : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace(SEPARATOR, "\\n");
    }

    private static String unescape(String value) {
        // A backslash of the value is doubled, so a single one before n is a separator.
        return value.replace("\\\\", "\0").replace("\\n", SEPARATOR).replace("\0", "\\");
    }
}
