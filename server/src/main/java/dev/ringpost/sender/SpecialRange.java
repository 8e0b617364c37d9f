package dev.ringpost.sender;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses with a meaning of its own, from IANA's special-purpose registries of IPv4 and IPv6 (RFC 6890) and
 * the multicast and reserved blocks.
 *
 * @param network its first address
 * @param length how many leading bits are the same in all of it
 * @param meaning in words that follow "x is"
 * @param embedded where an IPv4 address stands that decides; null: all of it is special
 */
record SpecialRange(
        byte[] network,
        int length,
        String meaning,
        @Nullable Embedded embedded) {
    /**
     * An IPv4 address within an IPv6 address.
     *
     * @param offset its first byte
     * @param inverted each bit is flipped (Teredo)
     */
    record Embedded(int offset, boolean inverted) {}

    static final List<SpecialRange> IPV4 = List.of(
            range("0.0.0.0/8", "an address of \"this network\""),
            range("10.0.0.0/8", "a private address"),
            range("100.64.0.0/10", "a carrier's shared address"),
            range("127.0.0.0/8", "a loopback address"),
            range("169.254.169.254/32", "a cloud's metadata address"),
            range("169.254.0.0/16", "a link-local address"),
            range("172.16.0.0/12", "a private address"),
            range("192.0.0.0/24", "a protocol assignment"),
            range("192.0.2.0/24", "a documentation address"),
            range("192.31.196.0/24", "an AS112 address"),
            range("192.52.193.0/24", "an AMT address"),
            range("192.88.99.0/24", "a 6to4 relay address"),
            range("192.168.0.0/16", "a private address"),
            range("192.175.48.0/24", "an AS112 address"),
            range("198.18.0.0/15", "a benchmarking address"),
            range("198.51.100.0/24", "a documentation address"),
            range("203.0.113.0/24", "a documentation address"),
            range("224.0.0.0/4", "a multicast address"),
            range("255.255.255.255/32", "the broadcast address"),
            range("240.0.0.0/4", "a reserved address"));

    /** The first that fits counts: the narrower ones stand before the wider. */
    static final List<SpecialRange> IPV6 = List.of(
            range("::1/128", "a loopback address"),
            range("::/128", "the unspecified address"),
            holding("::/96", "an IPv4-compatible address", 12),
            holding("::ffff:0:0/96", "an IPv4-mapped address", 12),
            holding("::ffff:0:0:0/96", "an IPv4-translated address", 12),
            holding("64:ff9b::/96", "a NAT64 address", 12),
            range("64:ff9b:1::/48", "a local NAT64 address"),
            range("100::/64", "a discard address"),
            range("100:0:0:1::/64", "a dummy address"),
            new SpecialRange(network("2001::/32"), 32, "a Teredo address", new Embedded(12, true)),
            range("2001::/23", "a protocol assignment"),
            range("2001:db8::/32", "a documentation address"),
            holding("2002::/16", "a 6to4 address", 2),
            range("2620:4f:8000::/48", "an AS112 address"),
            range("3fff::/20", "a documentation address"),
            range("5f00::/16", "a segment routing address"),
            range("fc00::/7", "a unique local address"),
            range("fe80::/10", "a link-local address"),
            range("fec0::/10", "a site-local address"),
            range("ff00::/8", "a multicast address"));

    /** All that is assigned for use on the internet so far (RFC 4291, section 2.4). */
    static final SpecialRange GLOBAL_UNICAST = range("2000::/3", "a global unicast address");

    boolean contains(byte[] address) {
        int whole = length / 8;
        for (int i = 0; i < whole; i++) {
            if (network[i] != address[i]) {
                return false;
            }
        }
        int rest = length % 8;
        return rest == 0 || ((network[whole] ^ address[whole]) & 0xff) >>> (8 - rest) == 0;
    }

    private static SpecialRange range(String cidr, String meaning) {
        return new SpecialRange(network(cidr), length(cidr), meaning, null);
    }

    private static SpecialRange holding(String cidr, String meaning, int offset) {
        return new SpecialRange(network(cidr), length(cidr), meaning, new Embedded(offset, false));
    }

    private static byte[] network(String cidr) {
        byte[] network =
                InetAddress.ofLiteral(cidr.substring(0, cidr.indexOf('/'))).getAddress();
        if (network.length == 4 && cidr.indexOf(':') >= 0) {
            // Java reads an IPv4-mapped address as the IPv4 address in it.
            byte[] mapped = new byte[16];
            mapped[10] = mapped[11] = (byte) 0xff;
            System.arraycopy(network, 0, mapped, 12, 4);
            return mapped;
        }
        return network;
    }

    private static int length(String cidr) {
        return Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1));
    }
}
