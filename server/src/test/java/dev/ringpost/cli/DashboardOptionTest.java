package dev.ringpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.running.Api;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who serves the API to strangers may not want pages beside it. */
class DashboardOptionTest {
    @TempDir
    Path data;

    @Test
    void withoutTheDashboardThereAreNoPages() {
        Settings settings = Settings.defaults(Options.ALL)
                .with(Options.PORT, "0", "test")
                .with(Options.DATA, data.toString(), "test")
                .with(Options.DASHBOARD, "false", "test");
        RunningServer server = new SqliteAssembly(InstantSource.system(), System::nanoTime, Map.of()).start(settings);
        try {
            HttpResponse<String> answer = new Api(server.url(), "none").get("/signin");
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        } finally {
            server.stop();
        }
    }
}
