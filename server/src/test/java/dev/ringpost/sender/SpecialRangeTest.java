package dev.ringpost.sender;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every entry of IANA's special-purpose address registries (iana-ipv4-special-registry and iana-ipv6-special-registry, as
 * of October 2025), and the blocks for multicast and for nobody: first and last address are refused, and those next to
 * them pass unless they are in another entry.
 */
class SpecialRangeTest {
    private static final List<String> IPV4 = List.of(
            "0.0.0.0/8",
            "0.0.0.0/32",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.0.0/29",
            "192.0.0.8/32",
            "192.0.0.9/32",
            "192.0.0.10/32",
            "192.0.0.170/32",
            "192.0.0.171/32",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.88.99.2/32",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "255.255.255.255/32");

    private static final List<String> IPV6 = List.of(
            "::1/128",
            "::/128",
            "64:ff9b:1::/48",
            "100::/64",
            "100:0:0:1::/64",
            "2001::/23",
            "2001:1::1/128",
            "2001:1::2/128",
            "2001:1::3/128",
            "2001:2::/48",
            "2001:3::/32",
            "2001:4:112::/48",
            "2001:10::/28",
            "2001:20::/28",
            "2001:30::/28",
            "2001:db8::/32",
            "2620:4f:8000::/48",
            "3fff::/20",
            "5f00::/16",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8",
            // All that is no global unicast.
            "::/3",
            "4000::/2",
            "8000::/1");

    private static final TargetPolicy STRICT = new TargetPolicy(false, false);

    private record Range(BigInteger first, BigInteger last, int bytes) {
        static Range of(String cidr) {
            try {
                byte[] address = InetAddress.getByName(cidr.substring(0, cidr.indexOf('/')))
                        .getAddress();
                int free = address.length * 8 - Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1));
                BigInteger first = new BigInteger(1, address);
                return new Range(first, first.add(BigInteger.TWO.pow(free)).subtract(BigInteger.ONE), address.length);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(e);
            }
        }

        boolean holds(BigInteger address) {
            return address.compareTo(first) >= 0 && address.compareTo(last) <= 0;
        }
    }

    static Stream<String> ranges() {
        return Stream.concat(IPV4.stream(), IPV6.stream());
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void isRefusedUpToItsEdges(String cidr) throws UnknownHostException {
        Range range = Range.of(cidr);
        assertThat(refusal(range.first, range.bytes)).as("first of %s", cidr).isNotNull();
        assertThat(refusal(range.last, range.bytes)).as("last of %s", cidr).isNotNull();
        passesUnlessSpecial(range.first.subtract(BigInteger.ONE), range.bytes, cidr);
        passesUnlessSpecial(range.last.add(BigInteger.ONE), range.bytes, cidr);
    }

    private static void passesUnlessSpecial(BigInteger address, int bytes, String cidr) throws UnknownHostException {
        if (address.signum() < 0 || address.bitLength() > bytes * 8) {
            return;
        }
        boolean special = (bytes == 4 ? IPV4 : IPV6).stream().map(Range::of).anyMatch(range -> range.holds(address));
        if (special) {
            assertThat(refusal(address, bytes)).as("next to %s", cidr).isNotNull();
        } else {
            assertThat(refusal(address, bytes)).as("next to %s", cidr).isNull();
        }
    }

    private static @Nullable String refusal(BigInteger address, int bytes) throws UnknownHostException {
        byte[] padded = new byte[bytes];
        byte[] magnitude = address.toByteArray();
        int length = Math.min(magnitude.length, bytes);
        System.arraycopy(magnitude, magnitude.length - length, padded, bytes - length, length);
        InetAddress target =
                bytes == 4 ? InetAddress.getByAddress(padded) : Inet6Address.getByAddress(null, padded, -1);
        return STRICT.refusal(target);
    }

    /** IPv6 addresses that lead to an IPv4 address: judged by it, whatever way they hold it. */
    static Stream<String> forms() {
        return Stream.of(
                "::%s", // IPv4-compatible
                "::ffff:%s", // IPv4-mapped
                "::ffff:0:%s", // IPv4-translated
                "64:ff9b::%s", // NAT64
                "2606:4700::5efe:%s", // ISATAP
                "2606:4700::200:5efe:%s", // ISATAP, globally unique
                "2606:4700:1:2:0:5efe:%s");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void anIpv4AddressWithinIsWhatCounts(String form) {
        for (String cidr : IPV4) {
            Range range = Range.of(cidr);
            for (BigInteger edge : List.of(range.first, range.last)) {
                String address = form.formatted(hex(edge));
                assertThat(STRICT.refusal(InetAddress.ofLiteral(address)))
                        .as(address)
                        .isNotNull();
            }
        }
        String open = form.formatted("808:808");
        assertThat(STRICT.refusal(InetAddress.ofLiteral(open))).as(open).isNull();
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void anIpv4AddressWithin6to4AndTeredoIsWhatCounts(String cidr) {
        Range range = Range.of(cidr);
        if (range.bytes == 16) {
            return;
        }
        BigInteger flipped = BigInteger.TWO.pow(32).subtract(BigInteger.ONE).subtract(range.first);
        for (String address :
                List.of("2002:%s::1".formatted(hex(range.first)), "2001:0:1:2:3:4:%s".formatted(hex(flipped)))) {
            assertThat(STRICT.refusal(InetAddress.ofLiteral(address)))
                    .as(address)
                    .isNotNull();
        }
    }

    private static String hex(BigInteger ipv4) {
        return "%x:%x".formatted(ipv4.intValue() >>> 16, ipv4.intValue() & 0xffff);
    }
}
