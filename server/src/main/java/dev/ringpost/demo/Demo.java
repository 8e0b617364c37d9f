package dev.ringpost.demo;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The demo against a server that runs: its receiver, its story, and then whatever else arrives. */
public final class Demo implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx;
    private final ApiClient api;
    private final BlockingQueue<Arrival> arrivals;
    private final URI server;
    private final URI receiver;
    private final String key;
    private final InstantSource clock;

    private Demo(
            Vertx vertx,
            ApiClient api,
            BlockingQueue<Arrival> arrivals,
            URI server,
            URI receiver,
            String key,
            InstantSource clock) {
        this.vertx = vertx;
        this.api = api;
        this.arrivals = arrivals;
        this.server = server;
        this.receiver = receiver;
        this.key = key;
        this.clock = clock;
    }

    /** Starts the receiver. The server must allow private targets and play its calls by the simulator. */
    public static Demo start(URI server, String key, InstantSource clock) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(4));
        ApiClient api = new ApiClient(server, key);
        BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
        URI receiver = new DemoReceiver(vertx, clock, api, arrivals).start().await();
        return new Demo(vertx, api, arrivals, server, receiver, key, clock);
    }

    /**
     * Tells the story and prints it with its history.
     *
     * @return false where something went wrong, which is printed
     */
    public boolean tell(DemoPrinter printer) throws InterruptedException {
        printer.opening(server, receiver);
        DemoStory.Outcome outcome = new DemoStory(api, receiver, arrivals, clock, printer).tell(PATIENCE);
        printer.history(outcome.history());
        printer.verdict(outcome.faults());
        return outcome.faults().isEmpty();
    }

    /** Prints what one can try now. */
    public void invite(DemoPrinter printer) {
        printer.print("Ringpost keeps running until Ctrl-C. Its key: " + key);
        printer.print("See it in a browser, and sign in with the key: " + server.resolve("/"));
        printer.print("");
        printer.print("Register a webhook of your own:");
        printer.command(curl(
                "/v1/webhooks",
                "{\"url\":\"" + receiver.resolve("/yours") + "\",\"events\":"
                        + List.of("call.started", "call.ended", "call.analyzed").stream()
                                .map(event -> "\"" + event + "\"")
                                .toList()
                        + "}"));
        printer.print("Place a call whose events go to a URL of its own:");
        printer.command(curl(
                "/v1/calls",
                "{\"agent_id\":\"agent_mine\",\"to_number\":\"+4930555010\",\"from_number\":\"+4930555020\",\"webhook_url\":\""
                        + receiver.resolve(Plan.OWN + "yours") + "\"}"));
        printer.print("What arrives is shown here:");
        printer.headingAgain();
    }

    /** Prints what arrives, until the thread is interrupted. */
    public void follow(DemoPrinter printer) {
        try {
            while (true) {
                printer.arrived(arrivals.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the receiver. */
    @Override
    public void close() {
        api.close();
        vertx.close().await();
    }

    private String curl(String path, String body) {
        return "curl -sS " + server.resolve(path) + " \\\n  -H 'authorization: Bearer " + key
                + "' -H 'content-type: application/json' \\\n  -d '" + body + "'";
    }
}
