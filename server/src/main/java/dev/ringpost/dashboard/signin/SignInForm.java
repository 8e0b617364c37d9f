package dev.ringpost.dashboard.signin;

/**
 * The page where one signs in.
 *
 * @param next where to go then
 * @param fault what was wrong with the key; empty: nothing yet
 * @param notice what happened before; empty: nothing
 */
public record SignInForm(String next, String fault, String notice) {}
