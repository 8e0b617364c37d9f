package dev.ringpost.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ringpost.api.problem.Faults;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What a request with an {@code Idempotency-Key} is known by.
 *
 * @param account that it acts for
 * @param request names method, path and key: the lower-case hex of their SHA-256
 * @param body the lower-case hex of its body's SHA-256
 */
record KeyedRequest(long account, String request, String body) {
    private static final int LONGEST_KEY = 255;

    /**
     * @param keys the values of the header
     * @throws dev.ringpost.api.problem.ProblemException 422 where they are not one key
     */
    static KeyedRequest of(String method, Request request, List<String> keys) {
        String key = keys.getFirst();
        if (keys.size() > 1 || key.isEmpty() || key.length() > LONGEST_KEY || !isVisible(key)) {
            Faults faults = new Faults();
            faults.add(
                    "/idempotency-key",
                    "must be one header of 1 to " + LONGEST_KEY + " visible ASCII characters, without spaces");
            faults.check();
        }
        String named = method + "\n" + request.path() + "\n" + key;
        return new KeyedRequest(request.account(), sha256(named.getBytes(UTF_8)), sha256(request.body()));
    }

    private static boolean isVisible(String key) {
        return key.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
