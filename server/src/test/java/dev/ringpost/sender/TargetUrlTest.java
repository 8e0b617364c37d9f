package dev.ringpost.sender;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetUrlTest {
    private static final TargetPolicy STRICT = new TargetPolicy(false, false);
    private static final TargetPolicy PRIVATE = new TargetPolicy(true, false);

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            nullValues = "-",
            value = {
                "https://example.com example.com 443 / -",
                "HTTPS://Example.COM:8443/a/b?c=d&e example.com 8443 /a/b?c=d&e -",
                "https://example.com?x=1 example.com 443 /?x=1 -",
                "https://example.com./x example.com 443 /x -",
                "https://example.com:/x example.com 443 /x -",
                "https://bücher.example/ xn--bcher-kva.example 443 / -",
                "https://hooks_internal.example.com/a%20b hooks_internal.example.com 443 /a%20b -",
                "https://8.8.8.8/ 8.8.8.8 443 / 8.8.8.8",
                "https://8.8.8.8.:99/ 8.8.8.8 99 / 8.8.8.8",
                "https://[2606:4700::1111]:8443/x [2606:4700::1111] 8443 /x 2606:4700::1111",
                "https://[2606:4700::ABCD] [2606:4700::abcd] 443 / 2606:4700::abcd",
                "https://example.com/@me:1/[x] example.com 443 /@me:1/[x] -",
                "https://1.2.3.4.example.com/ 1.2.3.4.example.com 443 / -",
            })
    void takesUrlsApart(String url, String host, int port, String path, @Nullable String literal) {
        TargetUrl.Checked checked = TargetUrl.check(url, STRICT);
        assertThat(checked.faults()).isEmpty();
        assertThat(checked.target())
                .isEqualTo(
                        new TargetUrl(true, host, port, literal == null ? null : InetAddress.ofLiteral(literal), path));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|must start with https://",
                "example.com|must start with https://",
                "ftp://example.com|must start with https://",
                "javascript:alert(1)|must start with https://",
                "//example.com|must start with https://",
                "https:example.com|must start with https://",
                "http://example.com|must start with https://",
                "https://|no host",
                "https:///path|no host",
                "https://:443/|no host",
                "https://user@example.com|user information",
                "https://user:pw@example.com|user information",
                "https://example.com@evil.example|user information",
                "https://example.com#x|fragment",
                "https://example.com/#|fragment",
                "https://example.com:0/|port",
                "https://example.com:65536/|port",
                "https://example.com:+80/|port",
                "https://example.com:8a/|port",
                "https://example.com:80:80/|port",
                "https://exa mple.com/|not a valid name",
                "https://-example.com/|not a valid name",
                "https://example-.com/|not a valid name",
                "https://example..com/|not a valid name",
                "https://.example.com/|not a valid name",
                "https://example.com../|not a valid name",
                "https://exam%70le.com/|not a valid name",
                "https://exa$mple.com/|not a valid name",
                "https://example.com\\@evil.example/|not contain '\\'",
                "https://example.com/a b|percent-encode",
                "https://example.com/ü|U+00FC",
                "https://example.com/{x}|'{'",
                "https://2130706433/|ends in a number",
                "https://0x7f000001/|ends in a number",
                "https://017700000001/|ends in a number",
                "https://127.1/|ends in a number",
                "https://127.0.0.01/|ends in a number",
                "https://0127.0.0.1/|ends in a number",
                "https://0x7f.0.0.1/|ends in a number",
                "https://1.2.3.4.5/|ends in a number",
                "https://256.1.1.1/|ends in a number",
                "https://1.2.3.0x4/|ends in a number",
                "https://1.2.3.0x/|ends in a number",
                "https://example.1/|ends in a number",
                "https://２１３０７０６４３３/|ends in a number",
                "https://127.0.0.1/|127.0.0.1 is a loopback address",
                "https://127.0.0.1./|127.0.0.1 is a loopback address",
                "https://127。0。0。1/|127.0.0.1 is a loopback address",
                "https://１２７.0.0.1/|127.0.0.1 is a loopback address",
                "https://169.254.169.254/latest/meta-data|metadata",
                "https://[::1]/|loopback",
                "https://[::ffff:10.0.0.1]/|private",
                "https://[::ffff:a00:1]/|private",
                "https://[64:ff9b::7f00:1]/|NAT64",
                "https://[fe80::1%25eth0]/|not an IPv6 address",
                "https://[fe80::1%eth0]/|not an IPv6 address",
                "https://[::1|not an IPv6 address",
                "https://[::1]x/|not an IPv6 address",
                "https://[127.0.0.1]/|not an IPv6 address",
                "https://[]/|not an IPv6 address",
                "https://[[::1]]/|not an IPv6 address",
                "https://faß.example/|turn into different names",
                "https://οδός.example/|turn into different names",
                "https://a‍b.example/|turn into different names",
                "https://a‌b.example/|turn into different names",
                "https://localhost/|sending machine itself",
                "https://LOCALHOST./|sending machine itself",
                "https://a.localhost:8443/|sending machine itself",
            })
    void saysWhatIsWrong(String url, String fault) {
        TargetUrl.Checked checked = TargetUrl.check(url, STRICT);
        assertThat(checked.target()).isNull();
        assertThat(checked.faults()).isNotEmpty().anySatisfy(f -> assertThat(f).contains(fault));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\t", "\0", "\u007f", "\u2028"})
    void refusesControlCharactersWhereverTheyStand(String c) {
        assertThat(TargetUrl.check("https://exa" + c + "mple.com/", STRICT).faults())
                .isNotEmpty();
        assertThat(TargetUrl.check("https://example.com/a" + c + "b", STRICT).faults())
                .isNotEmpty();
        assertThat(TargetUrl.check("https://example.com/?a" + c, STRICT).faults())
                .isNotEmpty();
        assertThat(TargetUrl.check("https://example.com:44" + c + "3/", STRICT).faults())
                .isNotEmpty();
    }

    @Test
    void namesEveryFault() {
        assertThat(TargetUrl.check("https://u:p@example.com:0/a b#c", STRICT).faults())
                .hasSize(4);
    }

    @Test
    void holdsTheLengthLimit() {
        String longest = "https://example.com/" + "a".repeat(TargetUrl.MAX_LENGTH - 20);
        assertThat(TargetUrl.check(longest, STRICT).faults()).isEmpty();
        assertThat(TargetUrl.check(longest + "a", STRICT).faults())
                .singleElement()
                .asString()
                .contains("2049");
        assertThat(TargetUrl.check("https://" + "a.".repeat(140) + "com/", STRICT)
                        .faults())
                .isNotEmpty();
    }

    @Test
    void allowedPrivateTargetsMayBeHttpAndLocal() {
        assertThat(TargetUrl.check("http://localhost:8080/x", PRIVATE).faults()).isEmpty();
        assertThat(TargetUrl.check("http://127.0.0.1:8080/x", PRIVATE).faults()).isEmpty();
        assertThat(TargetUrl.check("http://[::1]/x", PRIVATE).faults()).isEmpty();
        assertThat(TargetUrl.check("http://example.com", new TargetPolicy(false, true))
                        .target())
                .isEqualTo(new TargetUrl(false, "example.com", 80, null, "/"));
    }

    /** A seeded mix of the pieces that parsers have disagreed about; a failure prints its URL. */
    @Test
    void whatPassesMeansTheSameToOthers() {
        String[] pieces = {
            "https://",
            "http://",
            "/",
            "\\",
            "@",
            ":",
            "#",
            "?",
            ".",
            "%",
            "[",
            "]",
            "::1",
            "127.0.0.1",
            "10.1",
            "0x7f",
            "017",
            "8.8.8.8",
            "example.com",
            "evil.example",
            "localhost",
            "a",
            "-",
            "_",
            "443",
            "8443",
            "0",
            "%2e",
            "%00",
            " ",
            "\t",
            "\r\n",
            "\u3002",
            "\uff0e",
            "\u00fc",
            "\u2460",
            "\u00df",
            "xn--",
            "::ffff:127.0.0.1",
            "fe80::1%1",
        };
        Random random = new Random(20260101);
        int passed = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder url = new StringBuilder(random.nextInt(10) == 0 ? "" : "https://");
            for (int n = random.nextInt(7); n >= 0; n--) {
                url.append(pieces[random.nextInt(pieces.length)]);
            }
            TargetUrl target = TargetUrl.check(url.toString(), STRICT).target();
            if (target != null) {
                passed++;
                agreesWithJava(url.toString(), target);
            }
        }
        assertThat(passed).isGreaterThan(1000);
    }

    private static void agreesWithJava(String url, TargetUrl target) {
        assertThat(target.host())
                .as(url)
                .matches("[a-z0-9._-]+|\\[[0-9a-f:.]+\\]")
                .doesNotEndWith(".");
        assertThat(target.pathAndQuery()).as(url).matches("/[!-~]*");
        // What the library reads out of the parts must be the parts again.
        URI again = URI.create("https://" + target.host() + ":" + target.port() + "/");
        if (again.getHost() != null) {
            assertThat(again.getPort()).as(url).isEqualTo(target.port());
            assertThat(again.getHost()).as(url).isEqualTo(target.host());
        }
        // Where Java understands the URL as it was written, it must see the same host in it.
        try {
            String host = new URI(url).getHost();
            if (host != null) {
                String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
                assertThat(name.toLowerCase(Locale.ROOT)).as(url).isEqualTo(target.host());
            }
        } catch (URISyntaxException e) {
            // It need not understand all that passes, such as names in Unicode.
        }
        if (target.literal() != null) {
            assertThat(STRICT.refusal(target.literal())).as(url).isNull();
        }
    }
}
