package dev.ringpost.api;

/** What the API tells whoever hands commands to the call engine: only a hint, what is due is in the store. */
@FunctionalInterface
public interface EngineHint {
    /** A call was made or stopped, and that is committed. Returns at once. */
    void commandsDue();
}
