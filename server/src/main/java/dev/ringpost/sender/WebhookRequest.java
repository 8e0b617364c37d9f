package dev.ringpost.sender;

import java.time.Duration;
import java.util.Map;

/**
 * A POST to a receiver.
 *
 * @param account whose webhook it is, or {@link #OPERATOR}
 * @param url http or https; vetted anew at each attempt
 * @param headers all but host and content-length; lower-case names
 * @param timeout from now until the status line and headers are in; the body is read until then at most
 */
public record WebhookRequest(long account, String url, Map<String, String> headers, byte[] body, Duration timeout) {
    /** In place of an account, for what the operator's own settings name. */
    public static final long OPERATOR = 0;
}
