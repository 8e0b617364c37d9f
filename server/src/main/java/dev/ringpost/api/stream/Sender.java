package dev.ringpost.api.stream;

import java.util.concurrent.CompletionStage;

/** Who asked for a stream. */
@FunctionalInterface
public interface Sender {
    /** Whether it may still do so: false once its key was revoked, or its account deleted. Fails where nobody knows. */
    CompletionStage<Boolean> mayStay();
}
