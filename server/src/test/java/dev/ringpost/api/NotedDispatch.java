package dev.ringpost.api;

import dev.ringpost.call.EventType;
import dev.ringpost.commit.Journal;
import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.dispatch.Dispatch;
import dev.ringpost.dispatch.EndpointHealth;
import dev.ringpost.id.NumberSource;
import dev.ringpost.id.PublicIds;
import dev.ringpost.store.LoggedAttempt;
import dev.ringpost.store.TestAttempt;
import dev.ringpost.webhook.Webhook;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what it is told; its tests always succeed. */
final class NotedDispatch implements Dispatch {
    final List<String> notes = new CopyOnWriteArrayList<>();

    private final PublicIds ids;
    private final NumberSource numbers;
    private final Journal journal;

    NotedDispatch(PublicIds ids, NumberSource numbers, Journal journal) {
        this.ids = ids;
        this.numbers = numbers;
        this.journal = journal;
    }

    /** What was said of one webhook, in order. */
    List<String> notesOf(String id) {
        return notes.stream()
                .filter(note -> note.endsWith(" " + id))
                .map(note -> note.substring(0, note.indexOf(' ')))
                .toList();
    }

    @Override
    public void webhookChanged(Webhook webhook) {
        note("changed", webhook);
    }

    @Override
    public void webhookDeleted(Webhook webhook) {
        note("deleted", webhook);
    }

    @Override
    public void webhookRepaired(Webhook webhook) {
        note("repaired", webhook);
    }

    @Override
    public void callErased(long account, long call) {
        notes.add("erased " + ids.call(call));
    }

    @Override
    public CompletableFuture<LoggedAttempt> test(Webhook webhook, EventType type) {
        AttemptResult result = ApiRig.result(AttemptResult.Verdict.SUCCEEDED, 204, "", null);
        TestAttempt attempt = new TestAttempt(webhook.account(), webhook.no(), numbers.next(), type, result);
        return journal.change(transaction -> transaction.logTest(attempt));
    }

    @Override
    public EndpointHealth health(Webhook webhook) {
        return new EndpointHealth(EndpointHealth.State.IDLE, 0, 0, null, null, null);
    }

    private void note(String what, Webhook webhook) {
        notes.add(what + " " + ids.webhook(webhook.no()));
    }
}
