package dev.ringpost.cli;

import dev.ringpost.clock.Clocks;
import dev.ringpost.commit.Journal;
import dev.ringpost.delivery.Sweep;
import dev.ringpost.dispatch.Dispatcher;
import dev.ringpost.dispatch.Notices;
import dev.ringpost.dispatch.Senders;
import dev.ringpost.id.NumberSource;
import dev.ringpost.id.PublicIds;
import dev.ringpost.ops.OpsEndpoint;
import dev.ringpost.ops.OpsNotices;
import dev.ringpost.sender.HttpSender;
import dev.ringpost.sender.Resolver;
import dev.ringpost.sender.Sender;
import dev.ringpost.sender.SenderSettings;
import dev.ringpost.store.Records;
import dev.ringpost.webhook.Webhook;
import io.vertx.core.Vertx;
import java.util.Deque;
import java.util.Optional;

/** Puts together how the operator is told about endpoints. */
final class OpsWebhook {
    /** As many as its endpoint may have in flight, and some that are kept. */
    private static final int SOCKETS = 40;

    private final Parts parts;
    private final Deque<Runnable> closers;
    private final Optional<Told> told;

    /**
     * What it is put together from.
     *
     * @param operator the account whose endpoint and log it is
     */
    record Parts(
            Vertx vertx,
            Clocks clocks,
            NumberSource numbers,
            PublicIds ids,
            Records records,
            Journal journal,
            Resolver resolver,
            long operator) {}

    private record Told(Webhook endpoint, OpsNotices notices) {}

    /**
     * Makes the endpoint follow the option. Blocks.
     *
     * @param closers gets what ends what is started
     */
    OpsWebhook(Parts parts, Settings settings, Deque<Runnable> closers) {
        this.parts = parts;
        this.closers = closers;
        OpsEndpoint endpoint = new OpsEndpoint(
                parts.records(),
                parts.journal(),
                parts.numbers(),
                parts.clocks().stamps());
        Optional<String> url = settings.find(Options.OPS_WEBHOOK);
        if (url.isEmpty()) {
            endpoint.remove(parts.operator());
        }
        this.told = url.map(there -> told(endpoint.at(parts.operator(), there)));
    }

    private Told told(Webhook endpoint) {
        return new Told(
                endpoint,
                new OpsNotices(new OpsNotices.Parts(
                        parts.clocks().stamps(), parts.numbers(), parts.ids(), parts.journal(), endpoint.no())));
    }

    Notices notices() {
        return told.<Notices>map(Told::notices).orElse(Notices.NONE);
    }

    /** What goes to the operator has sockets of its own, and may go to any address: the operator has named it. */
    Senders senders(Sender accounts) {
        if (told.isEmpty()) {
            return new Senders(accounts, accounts);
        }
        SenderSettings standard = SenderSettings.DEFAULT;
        HttpSender sender = new HttpSender(
                parts.vertx(),
                new SenderSettings(true, true, SOCKETS, standard.keepAlive(), standard.trustedCertificates()),
                parts.resolver(),
                parts.clocks());
        closers.push(() -> sender.close().await());
        return new Senders(accounts, sender);
    }

    /** To be called when the dispatcher has started. What waited for the endpoint is due: a start may have repaired it. */
    void start(Dispatcher dispatcher) {
        told.ifPresent(telling -> {
            Webhook endpoint = telling.endpoint();
            dispatcher.sweep(new Sweep.Repair(parts.numbers().next(), endpoint.account(), endpoint.no()));
            telling.notices().start(dispatcher::committed);
            closers.push(telling.notices()::close);
        });
    }
}
