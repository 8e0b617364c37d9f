package dev.ringpost.signing;

import java.util.Base64;

/** Keys as text: a prefix and base64. What is said about a bad one never repeats it. */
final class KeyText {
    private KeyText() {}

    /**
     * The bytes behind the prefix.
     *
     * @throws IllegalArgumentException if the prefix is missing or the rest is not base64
     */
    static byte[] decode(String what, String prefix, String text) {
        if (!text.startsWith(prefix)) {
            throw new IllegalArgumentException("A " + what + " starts with " + prefix);
        }
        try {
            return Base64.getDecoder().decode(text.substring(prefix.length()));
        } catch (IllegalArgumentException e) {
            // Without the cause: its message quotes characters of the key.
            throw new IllegalArgumentException("A " + what + " is " + prefix
                    + " and base64; this one has characters that " + "are not base64, or a wrong length");
        }
    }

    static String encode(String prefix, byte[] bytes) {
        return prefix + Base64.getEncoder().encodeToString(bytes);
    }
}
