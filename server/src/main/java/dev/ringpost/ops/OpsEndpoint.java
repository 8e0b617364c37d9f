package dev.ringpost.ops;

import dev.ringpost.call.EventType;
import dev.ringpost.commit.Journal;
import dev.ringpost.id.NumberSource;
import dev.ringpost.store.PageRequest;
import dev.ringpost.store.Records;
import dev.ringpost.store.WebhookFilter;
import dev.ringpost.webhook.DefaultName;
import dev.ringpost.webhook.Ordering;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.WebhookOptions;
import dev.ringpost.webhook.WebhookStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The webhook that the operator is told by: it follows the option of the server at each start. Blocks. */
public final class OpsEndpoint {
    private final Records records;
    private final Journal journal;
    private final NumberSource numbers;
    private final InstantSource clock;

    public OpsEndpoint(Records records, Journal journal, NumberSource numbers, InstantSource clock) {
        this.records = records;
        this.journal = journal;
        this.numbers = numbers;
        this.clock = clock;
    }

    /**
     * The account's endpoint with this URL. It keeps its id and options when the URL changes; where Ringpost itself had
     * set it inactive, a start makes it active again.
     */
    public Webhook at(long account, String url) {
        Optional<Webhook> existing = existing(account);
        Webhook wanted = existing.map(current -> following(current, url)).orElseGet(() -> made(account, url));
        if (!existing.equals(Optional.of(wanted))) {
            journal.change(transaction -> {
                        if (existing.isEmpty()) {
                            transaction.insertWebhook(wanted);
                        } else {
                            transaction.updateWebhook(wanted);
                        }
                        return wanted;
                    })
                    .join();
        }
        return wanted;
    }

    /** There is none any more: what waits for it is cancelled when the engine meets it. */
    public void remove(long account) {
        existing(account)
                .ifPresent(gone -> journal.change(transaction -> {
                            transaction.deleteWebhook(account, gone.no());
                            return gone;
                        })
                        .join());
    }

    private Optional<Webhook> existing(long account) {
        return records
                .webhooks(account, new WebhookFilter(WebhookKind.OPS), new PageRequest.Cursor(1, null))
                .items()
                .stream()
                .findFirst();
    }

    private Webhook following(Webhook current, String url) {
        boolean wasDisabled = current.disabledReason() != null;
        if (current.url().equals(url) && !wasDisabled) {
            return current;
        }
        return new Webhook(
                current.no(),
                current.account(),
                current.kind(),
                current.url().equals(url) ? current.name() : DefaultName.of(url),
                url,
                current.events(),
                wasDisabled ? WebhookStatus.ACTIVE : current.status(),
                null,
                current.options(),
                current.secrets(),
                current.createdAt(),
                current.nextUpdate(clock.instant()));
    }

    private Webhook made(long account, String url) {
        Instant now = clock.instant();
        return new Webhook(
                numbers.next(),
                account,
                WebhookKind.OPS,
                DefaultName.of(url),
                url,
                EventType.OF_OPERATION,
                WebhookStatus.ACTIVE,
                null,
                unordered(),
                List.of(),
                now,
                now);
    }

    /** Notices are of no call, so there is no order to keep. */
    private static WebhookOptions unordered() {
        WebhookOptions standard = WebhookOptions.DEFAULT;
        return new WebhookOptions(
                standard.agentIds(),
                standard.directions(),
                standard.timeout(),
                standard.retrySchedule(),
                Ordering.NONE,
                standard.maxInFlight(),
                standard.rateLimit(),
                standard.maxBodyBytes(),
                standard.headers());
    }
}
