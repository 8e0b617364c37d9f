package dev.ringpost.sim.plan;

import java.util.ArrayList;
import java.util.List;

/** What people ask for beside changes: tests of webhooks, outcomes of calls that they know better, and a retention time. */
final class RequestWriter {
    private static final int MOST_TESTS = 6;
    private static final int MOST_OUTCOMES = 12;

    private static final int EXPIRIES = 6;

    private RequestWriter() {}

    /** @param before what happens otherwise: who repairs a receiver often tries it with a test */
    static List<Step> steps(Dice dice, long length, int endpoints, List<Step> before) {
        List<Step> steps = new ArrayList<>();
        for (Step step : before) {
            Dice own = dice.of(6, step.at());
            if (step instanceof Step.ReceiverTurns turns && turns.behaviour().isHealthy() && !own.isOneIn(3)) {
                steps.add(new Step.WebhookTested(turns.at() + own.of(1).below(4_000), turns.endpoint()));
            }
        }
        int tests = dice.of(1).below(MOST_TESTS);
        for (int test = 0; test < tests; test++) {
            Dice own = dice.of(2, test);
            steps.add(new Step.WebhookTested(own.of(1).below(length), own.of(2).below(endpoints)));
        }
        int outcomes = dice.of(3).below(MOST_OUTCOMES);
        for (int outcome = 0; outcome < outcomes; outcome++) {
            Dice own = dice.of(4, outcome);
            steps.add(new Step.OutcomeSet(own.of(1).below(length), own.of(2).below(1_000_000)));
        }
        boolean forgets = dice.of(5).isOneIn(3);
        for (int expiry = 1; forgets && expiry < EXPIRIES; expiry++) {
            steps.add(new Step.Expires(length * expiry / EXPIRIES, length / 3));
        }
        return steps;
    }
}
