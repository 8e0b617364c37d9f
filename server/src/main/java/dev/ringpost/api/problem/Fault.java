package dev.ringpost.api.problem;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer where: a JSON pointer (RFC 6901) into the body, or {@code /name} for a query parameter
 * @param message what, as a person would say it
 */
public record Fault(String pointer, String message) {}
