package dev.ringpost.cli;

import dev.ringpost.api.output.CallDocument;
import dev.ringpost.callengine.CallEngine;
import dev.ringpost.callengine.EngineCommands;
import dev.ringpost.callengine.HttpCallEngine;
import dev.ringpost.clock.Clocks;
import dev.ringpost.commit.Journal;
import dev.ringpost.id.PublicIds;
import dev.ringpost.sender.HttpSender;
import dev.ringpost.sender.Resolver;
import dev.ringpost.sender.SenderSettings;
import dev.ringpost.simulator.Simulator;
import dev.ringpost.store.Account;
import dev.ringpost.store.Backlog;
import dev.ringpost.store.Records;
import dev.ringpost.webhook.SigningSecret;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;

/** Puts together who places the calls that are created here. */
final class CallPlacing {
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);
    /** As many as there are commands at once, and some that are kept. */
    private static final int ENGINE_SOCKETS = 80;

    private final Parts parts;
    private final Deque<Runnable> closers;

    /**
     * What it is put together from.
     *
     * @param operator the account whose secrets sign what goes to the engine
     */
    record Parts(
            Vertx vertx,
            Clocks clocks,
            PublicIds ids,
            Records records,
            Backlog backlog,
            Journal journal,
            Resolver resolver,
            Executor blocking,
            long operator) {}

    /** @param closers gets what ends what is started */
    CallPlacing(Parts parts, Deque<Runnable> closers) {
        this.parts = parts;
        this.closers = closers;
    }

    /** Returns what is to be run after a commit that may have made a command due. */
    Runnable start(Settings settings) {
        return switch (settings.get(Options.CALL_ENGINE)) {
            case CallEngineChoice.None() -> () -> {};
            case CallEngineChoice.Simulator() -> start(simulator(settings.get(Options.SIMULATOR_SPEED)));
            case CallEngineChoice.At(String url) -> start(http(url));
        };
    }

    private Runnable start(CallEngine engine) {
        EngineCommands commands = new EngineCommands(
                new EngineCommands.Parts(
                        parts.clocks(), parts.ids(), parts.records(), parts.backlog(), parts.journal()),
                engine);
        commands.start();
        closers.push(() -> commands.stop(LAST_ANSWERS));
        return commands::commandsDue;
    }

    private CallEngine simulator(double speed) {
        Simulator simulator = new Simulator(
                new Simulator.Parts(parts.clocks().steady(), parts.records(), parts.backlog(), parts.journal()), speed);
        closers.push(simulator::close);
        simulator.resume();
        return simulator;
    }

    private List<SigningSecret> secrets() {
        return parts.records().account(parts.operator()).map(Account::secrets).orElse(List.of());
    }

    /** It has sockets of its own, so that it and the webhooks can't take any from each other. */
    private CallEngine http(String url) {
        SenderSettings settings = new SenderSettings(
                CallEngineChoice.POLICY.allowPrivate(),
                CallEngineChoice.POLICY.allowHttp(),
                ENGINE_SOCKETS,
                SenderSettings.DEFAULT.keepAlive(),
                SenderSettings.DEFAULT.trustedCertificates());
        HttpSender sender = new HttpSender(parts.vertx(), settings, parts.resolver(), parts.clocks());
        closers.push(() -> sender.close().await());
        return new HttpCallEngine(
                url,
                Version.TEXT,
                new HttpCallEngine.Tools(
                        parts.clocks().wall(),
                        parts.ids(),
                        new CallDocument(parts.records(), parts.ids()),
                        this::secrets,
                        sender,
                        parts.vertx().getOrCreateContext(),
                        parts.blocking()));
    }
}
