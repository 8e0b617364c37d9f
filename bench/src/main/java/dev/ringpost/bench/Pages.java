package dev.ringpost.bench;

import dev.ringpost.bench.process.ServerUnderLoad;
import dev.ringpost.bench.process.Visitor;
import dev.ringpost.bench.store.BusyAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/** How long the dashboard's pages take where there is much: the first byte of each. */
final class Pages implements Scenario {
    private static final List<Column> COLUMNS = List.of(Column.FIRST_BYTE, Column.FIRST_BYTE_MAX, Column.MEGABYTES);
    private static final int WEBHOOKS = 10_000;
    private static final int VISITS = 21;

    @Override
    public void run(Run run) throws IOException {
        int webhooks = run.settings().atMost(WEBHOOKS);
        long attempts = run.settings().history();
        run.table().section("pages: " + attempts + " attempts, " + webhooks + " webhooks of one account", COLUMNS);
        Path data = run.newFolder().resolve("data");
        run.say("filling to " + attempts + " attempts");
        BusyAccount account = BusyAccount.fill(data, webhooks, attempts);
        double megabytes = Files.size(data.resolve("ringpost.db")) / 1e6;
        try (ServerUnderLoad server = new ServerUnderLoad(run.settings().launcher(), data, List.of(), List.of());
                Visitor visitor = new Visitor(server.address(), ServerUnderLoad.KEY, account.accountId())) {
            for (String path : paths(account)) {
                long[] nanos = LongStream.range(0, VISITS)
                        .map(visit -> visitor.firstByte(path))
                        .sorted()
                        .toArray();
                run.table()
                        .add(new Row(named(path, account))
                                .with(Column.FIRST_BYTE, nanos[VISITS / 2] / 1e6)
                                .with(Column.FIRST_BYTE_MAX, nanos[VISITS - 1] / 1e6)
                                .with(Column.MEGABYTES, megabytes));
            }
        }
    }

    private static List<String> paths(BusyAccount account) {
        String webhook = "/webhooks/" + account.webhookId();
        return List.of(
                "/",
                "/?range=24h",
                "/?range=7d",
                "/?range=30d",
                "/webhooks",
                "/webhooks?failing=true",
                "/webhooks?failing=false",
                webhook,
                webhook + "/deliveries",
                webhook + "/deliveries?status=failed",
                webhook + "/waiting",
                webhook + "/replay",
                "/deliveries",
                "/deliveries?status=failed",
                "/deliveries/" + account.deliveryId(),
                "/calls",
                "/calls?status=failed",
                "/calls?agent_id=nobody",
                "/calls/" + account.callId(),
                "/sources",
                "/keys",
                "/accounts");
    }

    private static String named(String path, BusyAccount account) {
        return path.replace(account.webhookId(), ":id")
                .replace(account.deliveryId(), ":id")
                .replace(account.callId(), ":id");
    }
}
