package dev.ringpost.sim.world;

import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.AttemptResult.Reach;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.delivery.Effect;
import dev.ringpost.sim.plan.Behaviour;
import dev.ringpost.sim.plan.Behaviour.Kind;
import dev.ringpost.sim.plan.Dice;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Those who get webhooks, and how they answer. */
final class Receivers {
    private final Agenda agenda;
    private final Dice dice;
    private final Counts counts;
    private final Network network;
    private final Map<String, Behaviour> byUrl = new HashMap<>();

    /** What becomes of an attempt, and when. */
    interface Answer {
        void is(AttemptResult result, long afterMillis);
    }

    Receivers(Agenda agenda, Network network, Dice dice, Counts counts) {
        this.agenda = agenda;
        this.network = network;
        this.dice = dice;
        this.counts = counts;
    }

    void turn(String url, Behaviour behaviour) {
        byUrl.put(url, behaviour);
    }

    void mendAll() {
        byUrl.replaceAll((url, behaviour) -> Behaviour.GOOD);
    }

    boolean isHealthy(String url) {
        return behaviour(url).isHealthy();
    }

    /** Whether it would answer well now. */
    boolean answersWell(String url) {
        return isHealthy(url) && !network.isDown(agenda.now(), agenda.now());
    }

    private Behaviour behaviour(String url) {
        return byUrl.getOrDefault(url, Behaviour.GOOD);
    }

    void attempt(Effect.Send send, Answer answer) {
        Dice own = dice.of(send.delivery().event(), send.delivery().endpoint()).of(send.attempt());
        long deadline = send.webhook().options().timeout().toMillis();
        String url = send.webhook().url();
        long now = agenda.now();
        if (network.isDown(now, now)) {
            unreachable(url, own.of(8).isOneIn(2) ? 1 + own.exponential(20) : deadline, deadline, answer);
            return;
        }
        answer(url, behaviour(url), own, deadline, (result, millis) -> {
            if (network.isDown(now, now + millis)) {
                // The answer does not come back on a connection that was kept.
                unreachable(url, deadline, deadline, answer);
            } else {
                answer.is(result, millis);
            }
        });
    }

    /** At once, or when the deadline has passed. */
    private void unreachable(String url, long millis, long deadline, Answer answer) {
        count("nobody reached");
        boolean waited = millis >= deadline;
        Verdict verdict = waited ? Verdict.OVERLOADED : Verdict.FAILED;
        String error = waited ? "connect: timeout" : "connect: refused";
        long took = Math.min(millis, deadline);
        answer.is(result(verdict, Reach.UNREACHABLE, url, null, error, took, null), took);
    }

    private void answer(String url, Behaviour behaviour, Dice own, long deadline, Answer answer) {
        long quick = 1 + own.exponential(20);
        switch (behaviour.kind()) {
            case GOOD -> status(url, 200, null, 1 + own.exponential((double) behaviour.millis()), deadline, answer);
            case SLOW -> status(url, 200, null, 500 + own.exponential((double) behaviour.millis()), deadline, answer);
            case NEVER -> timeout(url, deadline, answer);
            case WRONG -> status(url, 500, null, quick, deadline, answer);
            case REDIRECTS -> status(url, 302, null, quick, deadline, answer);
            case GONE -> status(url, 410, null, quick, deadline, answer);
            case BUSY -> status(url, 429, behaviour.millis(), quick, deadline, answer);
            case UNAVAILABLE -> status(url, 503, behaviour.millis(), quick, deadline, answer);
            case REFUSES -> unreachable(url, 1, deadline, answer);
            case FLAPPING -> {
                boolean down = agenda.now() / Math.max(1, behaviour.millis()) % 2 == 1;
                Kind kind = down ? Kind.WRONG : Kind.GOOD;
                answer(url, new Behaviour(kind, 20), own, deadline, answer);
            }
            case MIXED -> {
                Kind[] kinds = Kind.values();
                Kind kind = kinds[own.of(7).below(kinds.length)];
                boolean known = kind != Kind.MIXED && kind != Kind.GONE && kind != Kind.FLAPPING;
                answer(url, new Behaviour(known ? kind : Kind.GOOD, 1_500), own, deadline, answer);
            }
        }
    }

    private void timeout(String url, long deadline, Answer answer) {
        count("timeout");
        String error = "timeout after " + deadline + " ms";
        answer.is(result(Verdict.OVERLOADED, Reach.REACHED, url, null, error, deadline, null), deadline);
    }

    /** @param wish what Retry-After says, in milliseconds; null or 0: nothing */
    private void status(String url, int status, @Nullable Long wish, long millis, long deadline, Answer answer) {
        if (millis > deadline) {
            timeout(url, deadline, answer);
            return;
        }
        Verdict verdict = switch (status) {
            case 200 -> Verdict.SUCCEEDED;
            case 410 -> Verdict.GONE;
            case 429, 503 -> Verdict.OVERLOADED;
            default -> Verdict.FAILED;
        };
        count(String.valueOf(status));
        Duration retryAfter = wish == null || wish == 0 ? null : Duration.ofMillis(wish);
        String error = status == 200 ? null : "status " + status;
        answer.is(result(verdict, Reach.REACHED, url, status, error, millis, retryAfter), millis);
    }

    private void count(String answer) {
        counts.add("answer: " + answer);
    }

    private static AttemptResult result(
            Verdict verdict,
            Reach reach,
            String url,
            @Nullable Integer status,
            @Nullable String error,
            long millis,
            @Nullable Duration retryAfter) {
        return new AttemptResult(
                verdict, reach, url, status, null, Map.of(), error, Duration.ofMillis(millis), retryAfter);
    }
}
