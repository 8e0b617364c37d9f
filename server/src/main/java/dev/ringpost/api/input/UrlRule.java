package dev.ringpost.api.input;

import java.util.List;

/** Which URLs webhooks may have. */
@FunctionalInterface
public interface UrlRule {
    /** What is wrong with a URL of at most 2048 characters, each as one sentence; empty: nothing. */
    List<String> faults(String url);
}
