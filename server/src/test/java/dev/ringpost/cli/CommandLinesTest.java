package dev.ringpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CommandLinesTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void defaultsHoldWhereNobodySetsAnything() {
        assertThat(run(Map.of(), "check-config")).isZero();
        assertThat(rowOf("port")).containsExactly("port", "8080", "default");
        assertThat(rowOf("call-engine")).containsExactly("call-engine", "none", "default");
        assertThat(rowOf("bootstrap-key")).containsExactly("bootstrap-key", "-", "default");
    }

    @Test
    void flagComesBeforeEnvironmentBeforeFileBeforeDefault() throws IOException {
        Path file = file("port=1\nhost=::1\nanalysis-wait=1s\nmax-webhooks = 7");
        Map<String, String> environment =
                Map.of("RINGPOST_PORT", "2", "RINGPOST_HOST", "localhost", "RINGPOST_CONFIG", file.toString());

        assertThat(run(environment, "check-config", "--port", "3")).isZero();

        assertThat(rowOf("port")).containsExactly("port", "3", "--port");
        assertThat(rowOf("host")).containsExactly("host", "localhost", "RINGPOST_HOST");
        assertThat(rowOf("analysis-wait")).containsExactly("analysis-wait", "1s", file + ", analysis-wait");
        assertThat(rowOf("max-webhooks")).containsExactly("max-webhooks", "7", file + ", max-webhooks");
        assertThat(rowOf("call-timeout")).containsExactly("call-timeout", "6h", "default");
    }

    @Test
    void secretsAreMasked() {
        String key = "rp_sk_0123456789abcdef";
        assertThat(run(Map.of("RINGPOST_BOOTSTRAP_KEY", key), "check-config")).isZero();
        assertThat(rowOf("bootstrap-key")).containsExactly("bootstrap-key", "********", "RINGPOST_BOOTSTRAP_KEY");
        assertThat(out.toString()).doesNotContain(key);
    }

    @Test
    void aFlagWithoutValueMeansTrue() {
        assertThat(run(Map.of(), "check-config", "--allow-private-targets", "--allow-http-targets=false"))
                .isZero();
        assertThat(rowOf("allow-private-targets")).contains("true");
        assertThat(rowOf("allow-http-targets")).contains("false");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --port=x                    | --port: "x" is not a whole number from 0 to 65535
                    --port=70000                | --port: "70000" is not a whole number from 0 to 65535
                    --port=-1                   | --port: "-1" is not a whole number from 0 to 65535
                    --host=a/b                  | --host: "a/b" is not a host name or an address
                    --data=                     | --data: "" is not a path
                    --allow-private-targets=yes | --allow-private-targets: "yes" is not true or false
                    --allow-http-targets=1      | --allow-http-targets: "1" is not true or false
                    --bootstrap-key=abc         | --bootstrap-key: the value given is not rp_sk_ and 16 to 128 letters and digits
                    --call-engine=twilio        | --call-engine: "twilio" is not none, simulator, or an http or https URL without user
                    --simulator-speed=0         | --simulator-speed: "0" is not a number from 0.1 to 1000
                    --simulator-speed=NaN       | --simulator-speed: "NaN" is not a number from 0.1 to 1000
                    --analysis-wait=10          | --analysis-wait: "10" is not a time from 0 to 1h such as 500ms, 10s, 5m, 6h or 30d
                    --analysis-wait=2h          | --analysis-wait: "2h" is not a time from 0 to 1h such as 500ms, 10s, 5m, 6h or 30d
                    --call-timeout=0            | --call-timeout: "0" is not a time from 1s to 30d such as 500ms, 10s, 5m, 6h or 30d
                    --max-webhooks=0            | --max-webhooks: "0" is not a whole number from 1 to 1000000
                    --cors-origins=             | --cors-origins: "" is not a list of origins as browsers send them, such as https://app.example.com,http://localhost:3000, or *
                    --cors-origins=app.com      | --cors-origins: "app.com" is not a list of origins as browsers send them, such as https://app.example.com,http://localhost:3000, or *
                    --cors-origins=https://a/   | --cors-origins: "https://a/" is not a list of origins as browsers send them, such as https://app.example.com,http://localhost:3000, or *
                    --cors-origins=https://A    | --cors-origins: "https://A" is not a list of origins as browsers send them, such as https://app.example.com,http://localhost:3000, or *
                    --cors-origins=https://a:443 | --cors-origins: "https://a:443" is not a list of origins as browsers send them, such as https://app.example.com,http://localhost:3000, or *
                    --cors-origins=*,https://a  | --cors-origins: "*,https://a" is not a list of origins as browsers send them, such as https://app.example.com,http://localhost:3000, or *
                    --public-url=https://a/     | --public-url: "https://a/" is not an origin as browsers send it, such as https://hooks.example.com
                    --portal-frame-ancestors=none | --portal-frame-ancestors: "none" is not a list of origins as browsers send them, such as https://app.example.com,http://localhost:3000, or *
                    --portal-frame-ancestors=https://a;script-src | --portal-frame-ancestors: "https://a;script-src" is not a list of origins as browsers send them, such as https://app.example.com,http://localhost:3000, or *
                    --prot=1                    | there is no --prot; did you mean --port?
                    --colour=1                  | there is no --colour; ringpost serve --help tells more
                    --config=none.properties    | --config: there is no file none.properties
                    """)
    void aBadFlagStopsTheStartWithOneLine(String flag, String line) {
        assertThat(run(Map.of(), "serve", flag)).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("ringpost: " + line + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    RINGPOST_PORT | tcp | RINGPOST_PORT: "tcp" is not a whole number from 0 to 65535
                    RINGPOST_PROT | 1   | RINGPOST_PROT (environment): there is no such option; did you mean RINGPOST_PORT?
                    RINGPOST_XYZZY | 1  | RINGPOST_XYZZY (environment): there is no such option; ./ringpost serve --help lists all
                    """)
    void aBadVariableStopsTheStartWithOneLine(String name, String value, String line) {
        assertThat(run(Map.of(name, value), "serve")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("ringpost: " + line + System.lineSeparator());
    }

    @Test
    void whatKubernetesSetsForAServiceOfOurNameIsNoOption() {
        Map<String, String> links = Map.of(
                "RINGPOST_PORT",
                "tcp://10.0.0.1:80",
                "RINGPOST_SERVICE_HOST",
                "10.0.0.1",
                "RINGPOST_PORT_80_TCP",
                "tcp://10.0.0.1:80");
        assertThat(run(links, "check-config")).isZero();
        assertThat(rowOf("port")).containsExactly("port", "8080", "default");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    port=x         | port: "x" is not a whole number from 0 to 65535
                    prot=1         | prot: there is no such key; did you mean port?
                    --port=1       | --port: there is no such key; did you mean port?
                    port=1;port=2  | port: is set twice
                    """)
    void aBadFileStopsTheStartWithOneLine(String content, String line) throws IOException {
        Path file = file(content.replace(';', '\n'));
        assertThat(run(Map.of(), "serve", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("ringpost: " + file + ", " + line + System.lineSeparator());
    }

    @Test
    void aFileThatCantBeReadIsNamedWithItsSource() throws IOException {
        assertThat(run(Map.of("RINGPOST_CONFIG", "none.properties"), "serve")).isEqualTo(2);
        assertThat(run(Map.of(), "serve", "--config", folder.toString())).isEqualTo(2);
        Path latin = Files.write(folder.resolve("latin.properties"), new byte[] {'#', (byte) 0xe9, '\n'});
        assertThat(run(Map.of(), "serve", "--config", latin.toString())).isEqualTo(2);
        Path broken = Files.writeString(folder.resolve("broken.properties"), "host=\\u00zz");
        assertThat(run(Map.of(), "serve", "--config", broken.toString())).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "ringpost: RINGPOST_CONFIG: there is no file none.properties",
                        "ringpost: --config: cannot read " + folder + ": Is a directory",
                        "ringpost: --config: " + latin + " is not UTF-8",
                        "ringpost: --config: cannot read " + broken + ": Malformed \\uxxxx encoding.");
    }

    @Test
    void everyOptionIsListedWithItsSource() {
        assertThat(run(Map.of(), "check-config")).isZero();
        assertThat(out.toString().lines().map(line -> line.split(" ", -1)[0]))
                .containsExactlyElementsOf(Names.of(Options.ALL, Option::name));
    }

    @Test
    void aMisspeltCommandIsNamed() {
        assertThat(run(Map.of(), "srve")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("ringpost: there is no srve; did you mean serve?" + System.lineSeparator());
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("ringpost.properties"), content);
    }

    private int run(Map<String, String> environment, String... arguments) {
        CommandLine line = CommandLines.of(new NeverStarts(), environment);
        return line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    private String[] rowOf(String name) {
        return out.toString()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .findFirst()
                .orElseThrow()
                .split(" {2,}");
    }

    /** Configuration is judged before anything is put together. */
    private static final class NeverStarts implements Assembly {
        @Override
        public RunningServer start(Settings settings) {
            throw new AssertionError("must not start");
        }

        @Override
        public OpenDesk open(Path data) {
            throw new AssertionError("must not open");
        }
    }
}
