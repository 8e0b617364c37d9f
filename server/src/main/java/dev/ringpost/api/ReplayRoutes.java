package dev.ringpost.api;

import dev.ringpost.api.http.Access;
import dev.ringpost.api.http.Narrowing;
import dev.ringpost.api.http.Operation;
import dev.ringpost.api.http.Reply;
import dev.ringpost.api.http.Request;
import dev.ringpost.api.input.ReplayInput;
import dev.ringpost.api.output.ReplayJson;
import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemType;
import dev.ringpost.delivery.Sweep;
import dev.ringpost.id.IdKind;
import dev.ringpost.store.Replay;
import dev.ringpost.store.Transaction;
import dev.ringpost.webhook.Webhook;
import java.util.List;
import java.util.Optional;

/** Replays: asked for, looked at, cancelled. */
final class ReplayRoutes {
    /** So many of an account run at most: each keeps up to a thousand deliveries waiting. */
    static final int MOST_RUNNING = 20;

    private final ApiParts parts;
    private final ReplayJson output;

    ReplayRoutes(ApiParts parts) {
        this.parts = parts;
        this.output = new ReplayJson(parts.ids());
    }

    List<Operation> operations() {
        return List.of(
                Operation.post("/v1/webhooks/:id/replay", Access.MANAGING, this::begin)
                        .narrowed(Narrowing.WEBHOOK_IN_PATH),
                Operation.get("/v1/replays/:id", Access.READING, this::get).narrowed(Narrowing.BY_HANDLER),
                Operation.delete("/v1/replays/:id", Access.MANAGING, this::cancel)
                        .narrowed(Narrowing.BY_HANDLER));
    }

    private Reply begin(Request request) {
        Webhook webhook = parts.records()
                .webhook(request.account(), request.id(parts.ids(), IdKind.WEBHOOK))
                .orElseThrow(() -> Request.noSuch(IdKind.WEBHOOK).asException());
        Replay replay =
                ReplayInput.read(request.fields(), webhook, parts.numbers().next(), request.arrivedAt());
        return Waiting.on(
                        request.commit().change(transaction -> begun(transaction, replay), this::accepted, begun -> {}))
                .get();
    }

    private static Replay begun(Transaction transaction, Replay replay) {
        Webhook current = transaction
                .webhook(replay.endpoint())
                .orElseThrow(() -> Request.noSuch(IdKind.WEBHOOK).asException());
        Problems.requireActive(current);
        if (transaction.runningReplays(replay.account()) >= MOST_RUNNING) {
            throw new Problem(
                            ProblemType.LIMIT_REACHED,
                            MOST_RUNNING + " replays of the account are running, which is the limit; wait for one"
                                    + " or cancel it")
                    .asException();
        }
        transaction.insertReplay(replay);
        return replay;
    }

    private Reply accepted(Replay replay) {
        return Reply.accepted(
                "/v1/replays/" + parts.ids().format(IdKind.REPLAY, replay.no()), json -> output.write(json, replay));
    }

    private Reply get(Request request) {
        Replay replay = existing(request);
        return Reply.ok(json -> output.write(json, replay));
    }

    /** One that is over stays as it is. */
    private Reply cancel(Request request) {
        Replay known = existing(request);
        Optional<Sweep> sweep = Waiting.on(parts.journal()
                .change(transaction -> transaction
                        .replay(known.no())
                        .filter(replay -> replay.status() == Replay.Status.RUNNING)
                        .map(replay -> {
                            transaction.endReplay(replay.no(), Replay.Status.CANCELLED);
                            Sweep rest = new Sweep.ReplayCancelled(
                                    parts.numbers().next(), replay.account(), replay.endpoint(), replay.no());
                            transaction.insertSweep(rest);
                            return rest;
                        })));
        sweep.ifPresent(parts.dispatch()::sweep);
        return get(request);
    }

    private Replay existing(Request request) {
        return parts.records()
                .replay(request.account(), request.id(parts.ids(), IdKind.REPLAY))
                .filter(replay -> request.caller().sees(replay.endpoint()))
                .orElseThrow(() -> Request.noSuch(IdKind.REPLAY).asException());
    }
}
