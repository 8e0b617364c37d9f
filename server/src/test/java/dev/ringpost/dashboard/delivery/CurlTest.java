package dev.ringpost.dashboard.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is copied is pasted into a shell: nothing that a caller said may run there. */
class CurlTest {
    @Test
    void aShellSeesEachPartAsItIs() throws IOException, InterruptedException {
        String said = "it's $(touch /tmp/x) `id` \\ \"quoted\" $HOME !! \n end'; rm -rf x; '";
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", "evt_1");
        headers.put("x-odd", said);
        headers.put("webhook-signature", "v1,***");
        Delivery delivery = new Delivery(
                "dlv_1",
                "wh_1",
                "call.ended",
                "evt_1",
                null,
                "https://hooks.example/a?b='c'&d=$e",
                "failed",
                true,
                null,
                null,
                headers,
                JsonNodeFactory.instance.objectNode().put("said", said),
                List.of());
        assertThat(argumentsOf(delivery.curl()))
                .containsExactly(
                        "-X",
                        "POST",
                        "https://hooks.example/a?b='c'&d=$e",
                        "-H",
                        "webhook-id: evt_1",
                        "-H",
                        "x-odd: " + said,
                        "--data-raw",
                        String.valueOf(delivery.payload()));
    }

    /** What a shell would start curl with. */
    private static List<String> argumentsOf(String commandLine) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", "curl() { printf '%s\\0' \"$@\"; }\n" + commandLine).start();
        String printed = new String(shell.getInputStream().readAllBytes(), UTF_8);
        assertThat(shell.waitFor()).isZero();
        return List.of(printed.split("\0"));
    }
}
