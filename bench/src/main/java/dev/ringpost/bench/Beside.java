package dev.ringpost.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ringpost.bench.load.Flights;
import dev.ringpost.bench.load.Reports;
import dev.ringpost.bench.load.Sink;
import dev.ringpost.bench.process.ServerUnderLoad;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * This version and another one under the same loads, in turns, so that a machine whose speed changes by the minute does
 * not decide. Both run all the time; only one has a load.
 */
final class Beside implements Scenario {
    private final Path other;
    private final List<String> otherJavaOptions;
    private final List<Load> loads;
    private final int rate;
    private final int rounds;

    /** What both are given. Without publishers: an open loop. */
    enum Load {
        ONE(1, 1, 1, 64, MeasuredServer.MOST_WAITING),
        HUNDRED(1, 1, 100, 4, 200),
        RATE(1, 1, 1, 0, 0),
        ACCOUNTS(1000, 1, 1, 64, MeasuredServer.MOST_WAITING),
        FANOUT(1, 10, 1, 64, MeasuredServer.MOST_WAITING);

        private final int accounts;
        private final int webhooks;
        private final int aRequest;
        private final int publishers;
        private final long mostWaiting;

        Load(int accounts, int webhooks, int aRequest, int publishers, long mostWaiting) {
            this.accounts = accounts;
            this.webhooks = webhooks;
            this.aRequest = aRequest;
            this.publishers = publishers;
            this.mostWaiting = mostWaiting;
        }

        private Row measure(MeasuredServer server, String row, Reports reports, int rate) {
            return publishers == 0
                    ? server.open(row, reports, rate)
                    : server.closed(row, reports, publishers, mostWaiting);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param other the launcher of the other version
     * @param otherJavaOptions for the other version's JVM
     * @param loads empty: all
     * @param rate requests a second of an open loop
     * @param rounds how often each version is measured
     */
    Beside(Path other, List<String> otherJavaOptions, List<Load> loads, int rate, int rounds) {
        this.other = other;
        this.otherJavaOptions = otherJavaOptions;
        this.loads = loads;
        this.rate = rate;
        this.rounds = rounds;
    }

    @Override
    public void run(Run run) throws IOException {
        run.table().section("beside " + other, MeasuredServer.COLUMNS);
        for (Load load : loads.isEmpty() ? List.of(Load.values()) : loads) {
            run(run, load);
        }
    }

    private void run(Run run, Load load) throws IOException {
        Flights flights = new Flights(load.webhooks);
        try (Sink sink = new Sink(flights);
                MeasuredServer here = server(run, run.settings().launcher(), flights, List.of());
                MeasuredServer there = server(run, other, flights, otherJavaOptions)) {
            Reports reportsHere = customers(here.server(), load, sink);
            Reports reportsThere = customers(there.server(), load, sink);
            List<Row> ratios = new ArrayList<>();
            for (int round = 1; round <= rounds; round++) {
                // A machine that grows slower or faster favours who comes first or second.
                Row first = round % 2 == 0 ? other(load, there, reportsThere) : own(load, here, reportsHere);
                run.table().add(first);
                Row second = round % 2 == 0 ? own(load, here, reportsHere) : other(load, there, reportsThere);
                run.table().add(second);
                ratios.add(round % 2 == 0 ? second.over(first, "ratio") : first.over(second, "ratio"));
            }
            run.table().add(Row.median(load + ", this over the other, median", ratios));
            sink.check();
        }
    }

    private Row own(Load load, MeasuredServer server, Reports reports) {
        return load.measure(server, load + ", this", reports, rate);
    }

    private Row other(Load load, MeasuredServer server, Reports reports) {
        return load.measure(server, load + ", the other", reports, rate);
    }

    private static MeasuredServer server(Run run, Path launcher, Flights flights, List<String> javaOptions)
            throws IOException {
        return new MeasuredServer(run, launcher, run.newFolder().resolve("data"), flights, javaOptions, List.of());
    }

    /** Made by the API, which the other version has as well whatever its tables are like. */
    private static Reports customers(ServerUnderLoad server, Load load, Sink sink) throws IOException {
        List<String> accounts = new ArrayList<>();
        for (int i = 0; i < load.accounts; i++) {
            String made = server.post("/v1/accounts", "{\"name\":\"customer " + i + "\"}");
            String account = new JsonMapper().readTree(made).path("id").asText();
            for (int j = 0; j < load.webhooks; j++) {
                Webhooks.register(server, account, sink.url() + "/hook", "call.started");
            }
            accounts.add(account);
        }
        return new Reports(Reports.started(), load.aRequest, accounts);
    }
}
