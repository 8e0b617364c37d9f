package dev.ringpost.webhook;

/** The name of a webhook that was given none. */
public final class DefaultName {
    private static final int LONGEST = 255;

    private DefaultName() {}

    /** The host of a URL that passed its checks, as it is written there, cut to 255 characters. */
    public static String of(String url) {
        int begin = url.indexOf("://") + 3;
        int end = begin;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        String authority = url.substring(begin, end);
        int port = authority.indexOf(':', authority.indexOf(']') + 1);
        String host = port < 0 ? authority : authority.substring(0, port);
        return host.length() <= LONGEST ? host : host.substring(0, LONGEST);
    }
}
