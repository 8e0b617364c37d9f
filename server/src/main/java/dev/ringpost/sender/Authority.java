package dev.ringpost.sender;

import java.net.IDN;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The host and port of a URL (RFC 3986, section 3.2), stricter than others: a host that some clients would read as an
 * address and others as a name is refused rather than guessed at.
 *
 * @param port 0 where none is given
 */
record Authority(String host, int port, @Nullable InetAddress literal) {
    private static final int MAX_HOST = 253;
    private static final Pattern NAME =
            Pattern.compile("(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?");
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");

    /** Letters that IDNA 2003, which Java knows, maps to others, and IDNA 2008, which browsers know, does not (RFC 5894). */
    private static final Pattern READ_DIFFERENTLY = Pattern.compile("[\u00df\u03c2\u200c\u200d]");

    /** A last label of digits, or of 0x and hex digits: what browsers and C libraries take for an IPv4 address. */
    private static final Pattern NUMBER_AT_END = Pattern.compile("(?:.*\\.)?(?:\\d+|0[xX][0-9a-fA-F]*)");

    /** Null, and a fault at least, if it is none. */
    static @Nullable Authority parse(String text, List<String> faults) {
        int at = text.lastIndexOf('@');
        if (at >= 0) {
            faults.add("The URL must not have user information (user:password@); use a header instead");
        }
        String hostAndPort = text.substring(at + 1);
        int colon = hostAndPort.startsWith("[")
                ? hostAndPort.indexOf(':', hostAndPort.indexOf(']') + 1)
                : hostAndPort.indexOf(':');
        if (hostAndPort.startsWith("[") && hostAndPort.indexOf(']') < 0) {
            colon = -1;
        }
        int port = colon < 0 ? 0 : port(hostAndPort.substring(colon + 1), faults);
        String host = colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
        if (host.isEmpty()) {
            faults.add("The URL has no host");
            return null;
        }
        return host.startsWith("[") ? ipv6(host, port, faults) : nameOrIpv4(host, port, faults);
    }

    private static int port(String text, List<String> faults) {
        if (text.isEmpty()) {
            return 0;
        }
        if (text.matches("\\d{1,5}")) {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65535) {
                return port;
            }
        }
        faults.add("The port must be a number from 1 to 65535");
        return 0;
    }

    private static @Nullable Authority ipv6(String host, int port, List<String> faults) {
        String inner = host.endsWith("]") ? host.substring(1, host.length() - 1) : "";
        // A zone would name one of this machine's network interfaces.
        if (inner.indexOf(':') >= 0 && inner.indexOf('%') < 0 && inner.indexOf('[') < 0) {
            try {
                InetAddress address = InetAddress.ofLiteral(inner);
                return new Authority("[" + inner.toLowerCase(Locale.ROOT) + "]", port, address);
            } catch (IllegalArgumentException e) {
                // Falls through to the fault.
            }
        }
        faults.add("The host in brackets is not an IPv6 address");
        return null;
    }

    private static @Nullable Authority nameOrIpv4(String text, int port, List<String> faults) {
        if (READ_DIFFERENTLY.matcher(text).find()) {
            faults.add("The host has a character that programs turn into different names; write the name as DNS has it,"
                    + " with xn--");
            return null;
        }
        String host = ascii(text);
        if (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        if (IPV4.matcher(host).matches()) {
            return new Authority(host, port, InetAddress.ofLiteral(host));
        }
        if (NUMBER_AT_END.matcher(host).matches()) {
            faults.add("The host ends in a number but is not an IPv4 address; write one as four decimal numbers without"
                    + " leading zeros, such as 192.0.2.1");
            return null;
        }
        if (host.length() > MAX_HOST || !NAME.matcher(host).matches()) {
            faults.add(
                    "The host is not a valid name: labels of 1 to 63 letters, digits and inner hyphens between dots, "
                            + MAX_HOST + " characters at most");
            return null;
        }
        return new Authority(host, port, null);
    }

    /** The name as DNS has it; the empty string, which no check lets pass, if it has none. */
    private static String ascii(String text) {
        try {
            return IDN.toASCII(text).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
