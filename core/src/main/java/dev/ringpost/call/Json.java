package dev.ringpost.call;

/**
 * A JSON value kept as the text that is stored and sent: compact, valid, and never parsed again on its way. Whoever
 * makes one has checked it.
 */
public record Json(String text) {
    public static final Json EMPTY_OBJECT = new Json("{}");
}
