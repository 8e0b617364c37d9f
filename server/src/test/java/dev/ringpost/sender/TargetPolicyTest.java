package dev.ringpost.sender;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetPolicyTest {
    private final TargetPolicy strict = new TargetPolicy(false, false);

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, this network",
        "0.255.255.255, this network",
        "10.0.0.0, private",
        "10.255.255.255, private",
        "100.64.0.0, carrier",
        "100.127.255.255, carrier",
        "127.0.0.1, loopback",
        "127.255.255.255, loopback",
        "169.254.0.0, link-local",
        "169.254.169.254, metadata",
        "169.254.255.255, link-local",
        "172.16.0.0, private",
        "172.31.255.255, private",
        "192.0.0.0, protocol",
        "192.0.0.255, protocol",
        "192.0.2.1, documentation",
        "192.31.196.1, AS112",
        "192.52.193.1, AMT",
        "192.88.99.1, 6to4",
        "192.168.0.0, private",
        "192.168.255.255, private",
        "192.175.48.1, AS112",
        "198.18.0.0, benchmarking",
        "198.19.255.255, benchmarking",
        "198.51.100.255, documentation",
        "203.0.113.0, documentation",
        "224.0.0.0, multicast",
        "239.255.255.255, multicast",
        "240.0.0.0, reserved",
        "255.255.255.254, reserved",
        "255.255.255.255, broadcast",
        "::, unspecified",
        "::1, loopback",
        "::7f00:1, IPv4-compatible",
        "::a00:1, private",
        "::ffff:0:7f00:1, IPv4-translated",
        "64:ff9b::7f00:1, NAT64",
        "64:ff9b::a9fe:a9fe, metadata",
        "64:ff9b:1::, local NAT64",
        "64:ff9b:1:ffff:ffff:ffff:808:808, local NAT64",
        "64:ff9b:2::1, not a global unicast",
        "100::1, discard",
        "100:0:0:1::1, dummy",
        "200::1, not a global unicast",
        "4000::1, not a global unicast",
        "2001:0:0:0::f5ff:fffe, Teredo",
        "2001::80ff:fffe, loopback",
        "2001:1::1, protocol",
        "2001:2::1, protocol",
        "2001:20::1, protocol",
        "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff, protocol",
        "2001:db8::1, documentation",
        "2002:7f00:1::1, 6to4",
        "2002:c0a8:101::, private",
        "2620:4f:8000::1, AS112",
        "3fff::1, documentation",
        "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, documentation",
        "5f00::1, segment",
        "fc00::1, unique local",
        "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, unique local",
        "fd00:ec2::254, unique local",
        "fe80::1, link-local",
        "febf:ffff::1, link-local",
        "fec0::1, site-local",
        "feff:ffff::1, site-local",
        "ff00::1, multicast",
        "ff02::1, multicast",
    })
    void refusesEveryRangeThatIsNotPublic(String address, String why) {
        assertThat(strict.refusal(InetAddress.ofLiteral(address)))
                .contains(" is ")
                .contains(why);
        assertThat(new TargetPolicy(true, false).refusal(InetAddress.ofLiteral(address)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0.0",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "191.255.255.255",
                "192.0.1.0",
                "192.0.3.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "203.0.112.255",
                "203.0.114.0",
                "223.255.255.255",
                "8.8.8.8",
                "::ffff:8.8.8.8",
                "::808:808",
                "64:ff9b::808:808",
                "2002:808:808::1",
                "2001::f7f7:f7f7",
                "2001:200::",
                "2001:4860:4860::8888",
                "2606:4700::1111",
                "2003::1",
                "3ffe::1",
            })
    void letsPublicAddressesPass(String address) {
        assertThat(strict.refusal(InetAddress.ofLiteral(address))).isNull();
    }

    @Test
    void judgesMappedAddressesThatJavaLeavesAsIpv6() throws Exception {
        byte[] mapped = HexFormat.of().parseHex("00000000000000000000ffff7f000001");
        assertThat(strict.refusal(Inet6Address.getByAddress("x", mapped, -1))).contains("loopback");
        SpecialRange range = SpecialRange.IPV6.stream()
                .filter(r -> r.meaning().contains("mapped"))
                .findFirst()
                .orElseThrow();
        assertThat(range.contains(mapped)).isTrue();
    }
}
