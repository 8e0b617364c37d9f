package dev.ringpost.signing;

/** What a receiver verifies with: a {@link WebhookSecret} (v1) or a {@link WebhookPublicKey} (v1a). */
public sealed interface VerificationKey permits WebhookSecret, WebhookPublicKey {
    /** The version that stands before the comma of the signatures that this key verifies: {@code v1} or {@code v1a}. */
    String version();

    /**
     * Whether the signature fits. Takes as long for a wrong one as for a right one.
     *
     * @param signature the decoded bytes behind the comma
     */
    boolean matches(byte[] signature, String id, long timestamp, byte[] body);
}
