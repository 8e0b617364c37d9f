package dev.ringpost.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/ says of metrics, the dashboard and the alerts, is true of a scrape. */
@SuppressWarnings("NullAway.Init") // set before all tests
class DocumentedMetricsTest {
    private static final Pattern METRIC = Pattern.compile("\\b(ringpost|jvm|process|system|disk)_[a-z0-9_]+\\b");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

    @TempDir
    static Path folder;

    private static Scraped scraped;

    @BeforeAll
    static void scrape() {
        try (LiveServer server = new LiveServer(folder.resolve("data"))) {
            // The second sees the first, as a request.
            server.api().get("/metrics");
            scraped = Scraped.of(server.api().get("/metrics").body());
        }
    }

    @Test
    void theTableIsThatOfAScrape() {
        StringBuilder table = new StringBuilder("| metric | type | labels | meaning |\n| --- | --- | --- | --- |\n");
        for (Scraped.Family family : scraped.families().values()) {
            if (family.name().startsWith("ringpost_") && !family.name().endsWith("_max")) {
                List<String> labels = scraped.labels(family.name());
                table.append("| `%s` | %s | %s | %s |\n"
                        .formatted(
                                family.name(),
                                family.type(),
                                labels.isEmpty() ? "" : "`" + String.join("`, `", labels) + "`",
                                family.help()));
            }
        }
        DocsFile.of("metrics.md").check("metrics", table.toString());
    }

    @Test
    void theTextNamesMetricsThatThereAre() {
        assertThat(metricsIn(DocsFile.of("metrics.md").text())).isNotEmpty().allSatisfy(this::isScraped);
    }

    @Test
    void theDashboardShowsMetricsThatThereAre() throws IOException {
        assertThat(dashboardQueries())
                .hasSizeGreaterThan(30)
                .allSatisfy(query -> assertThat(metricsIn(query)).isNotEmpty().allSatisfy(this::isScraped));
    }

    @Test
    void theAlertsAskForMetricsThatThereAre() {
        String rules = DocsFile.of("alerts.yml").text();
        assertThat(metricsIn(rules)).hasSizeGreaterThan(10).allSatisfy(this::isScraped);
    }

    @Test
    void eachAlertSaysWhatToDo() {
        String rules = DocsFile.of("alerts.yml").text();
        String advice = DocsFile.of("alerts.md").text();
        List<String> alerts =
                ALERT.matcher(rules).results().map(found -> found.group(1)).toList();
        assertThat(alerts).hasSizeGreaterThan(10).allSatisfy(alert -> {
            assertThat(rules).contains("runbook: docs/alerts.md#" + alert.toLowerCase(Locale.ROOT) + "\n");
            assertThat(advice).contains("\n## " + alert + "\n");
        });
        assertThat(Pattern.compile("(?m)^## (Ringpost\\w+)$")
                        .matcher(advice)
                        .results()
                        .map(found -> found.group(1)))
                .containsExactlyElementsOf(alerts);
    }

    /** Where promtool is, which .ci/run sees to, it must find the alerts right and the dashboard's queries well formed. */
    @Test
    void promtoolAgrees() throws Exception {
        String promtool = promtool();
        assertThat(run(
                        promtool,
                        "check",
                        "rules",
                        DocsFile.DOCS.resolve("alerts.yml").toString()))
                .contains("SUCCESS");
        assertThat(run(
                        promtool,
                        "test",
                        "rules",
                        Path.of("src", "test", "resources", "alerts-test.yml").toString()))
                .contains("SUCCESS");
        StringBuilder rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
        int count = 0;
        for (String query : dashboardQueries()) {
            rules.append("      - record: dashboard:").append(count++).append("\n        expr: '");
            rules.append(query.replace("$__rate_interval", "5m")).append("'\n");
        }
        Path file = folder.resolve("dashboard.yml");
        Files.writeString(file, rules.toString().replace("dashboard:", "dashboard:query"));
        assertThat(run(promtool, "check", "rules", file.toString())).contains("SUCCESS: " + count + " rules");
    }

    private void isScraped(String metric) {
        boolean isFamily = scraped.families().containsKey(metric);
        assertThat(isFamily || scraped.names().contains(metric)).as(metric).isTrue();
    }

    private static Set<String> metricsIn(String text) {
        Set<String> metrics = new TreeSet<>();
        METRIC.matcher(text).results().map(MatchResult::group).forEach(metrics::add);
        return metrics;
    }

    private static List<String> dashboardQueries() throws IOException {
        JsonNode dashboard =
                new ObjectMapper().readTree(DocsFile.of("grafana/ringpost.json").text());
        List<String> queries = new ArrayList<>();
        for (JsonNode panel : dashboard.get("panels")) {
            panel.path("targets")
                    .forEach(target -> queries.add(target.get("expr").asText()));
        }
        return queries;
    }

    private static String promtool() {
        List<String> places = new ArrayList<>(List.of("../target/promtool/usr/bin"));
        places.addAll(List.of(System.getenv("PATH").split(File.pathSeparator)));
        String found = places.stream()
                .map(place -> Path.of(place, "promtool"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
        if (System.getenv("CI") == null) {
            assumeThat(found).as("promtool, which .ci/run unpacks").isNotEmpty();
        }
        assertThat(found).as("promtool").isNotEmpty();
        return found;
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
