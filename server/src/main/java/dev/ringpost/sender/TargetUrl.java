package dev.ringpost.sender;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a webhook goes, taken apart. Whoever checks a URL and the sender that connects read it through this one parser, so
 * that they cannot disagree about the host.
 *
 * @param tls https
 * @param host lower case, IDN as ASCII, without trailing dot; an IPv6 address in brackets
 * @param port 1..65535, the scheme's where the URL has none
 * @param literal the address, where the host is one; null: the host is a name to look up
 * @param pathAndQuery as it goes into the request line; starts with a slash
 */
public record TargetUrl(
        boolean tls, String host, int port, @Nullable InetAddress literal, String pathAndQuery) {
    /** The longest URL, in characters. */
    public static final int MAX_LENGTH = 2048;

    /**
     * What a check found.
     *
     * @param target null if there are faults
     * @param faults whole sentences for the one who wrote the URL; empty if it may be sent to
     */
    public record Checked(@Nullable TargetUrl target, List<String> faults) {}

    /** Checks a URL, and the address where its host is one; what a name resolves to is vetted at each attempt. */
    public static Checked check(String url, TargetPolicy policy) {
        List<String> faults = new ArrayList<>();
        TargetUrl target = parse(url, faults);
        if (target != null) {
            vet(target, policy, faults);
        }
        return new Checked(faults.isEmpty() ? target : null, List.copyOf(faults));
    }

    private static void vet(TargetUrl target, TargetPolicy policy, List<String> faults) {
        if (!target.tls && !policy.allowHttp()) {
            faults.add("The URL must start with https://");
        }
        if (target.literal != null) {
            String refusal = policy.refusal(target.literal);
            if (refusal != null) {
                faults.add("The host is not allowed: " + refusal);
            }
        } else if (!policy.allowPrivate() && (target.host.equals("localhost") || target.host.endsWith(".localhost"))) {
            faults.add("The host is not allowed: " + target.host + " means the sending machine itself");
        }
    }

    private static @Nullable TargetUrl parse(String url, List<String> faults) {
        if (url.length() > MAX_LENGTH) {
            faults.add("The URL has " + url.length() + " characters; " + MAX_LENGTH + " are allowed");
        }
        int schemeEnd = url.indexOf("://");
        String scheme = schemeEnd < 0 ? "" : url.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("https");
        if (!tls && !scheme.equals("http")) {
            faults.add("The URL must start with https://");
            return null;
        }
        int start = schemeEnd + 3;
        int end = start;
        while (end < url.length() && "/?#\\".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        Authority authority = Authority.parse(url.substring(start, end), faults);
        String rest = url.substring(end);
        checkRest(rest, faults);
        if (authority == null || !faults.isEmpty()) {
            return null;
        }
        int port = authority.port() != 0 ? authority.port() : tls ? 443 : 80;
        return new TargetUrl(
                tls, authority.host(), port, authority.literal(), rest.startsWith("/") ? rest : "/" + rest);
    }

    private static void checkRest(String rest, List<String> faults) {
        if (rest.indexOf('#') >= 0) {
            faults.add("The URL must not have a fragment (#...): it would never be sent");
        }
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (c <= ' ' || c >= 0x7f || "\"<>\\^`{|}".indexOf(c) >= 0) {
                faults.add("The path and query must not contain " + describe(c) + "; percent-encode it");
                return;
            }
        }
    }

    private static String describe(char c) {
        return c > ' ' && c < 0x7f ? "'" + c + "'" : String.format("the character U+%04X", (int) c);
    }
}
