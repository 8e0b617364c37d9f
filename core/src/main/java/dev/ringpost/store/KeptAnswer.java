package dev.ringpost.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The first answer to a request that carried an {@code Idempotency-Key}, to be given again.
 *
 * @param no holds the time of the answer
 * @param account that the request acted for
 * @param request names method, path and key: the lower-case hex of their SHA-256
 * @param body the lower-case hex of the SHA-256 of the request's body
 * @param about the number of the call, webhook, account or key that it tells of, and with which it is erased; null: none
 * @param location the header; null: none
 * @param content the answer's body, which may hold a secret
 */
public record KeptAnswer(
        long no,
        long account,
        String request,
        String body,
        @Nullable Long about,
        int status,
        String contentType,
        @Nullable String location,
        byte[] content) {
    /** How long it is given again. */
    public static final Duration LIFETIME = Duration.ofHours(24);
}
