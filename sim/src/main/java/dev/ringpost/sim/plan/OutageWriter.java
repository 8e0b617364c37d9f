package dev.ringpost.sim.plan;

import dev.ringpost.webhook.Ordering;
import dev.ringpost.webhook.WebhookOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Some worlds lose their network for a while. In some of these there are many more endpoints, which all work: what their
 * retries do together shows only then.
 */
final class OutageWriter {
    private static final int FIRST_ACCOUNT = 20;
    private static final int ACCOUNTS = 4;
    private static final int ENDPOINTS_OF_EACH = 6;
    private static final int CALLS_OF_EACH = 8;
    private static final int FIRST_CALL = 2_000_000;

    private final Dice dice;
    private final long length;
    private final List<EndpointPlan> endpoints = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    /** @param firstIndex of the endpoints that are made */
    OutageWriter(Dice dice, long length, int firstIndex) {
        this.dice = dice;
        this.length = length;
        boolean many = dice.of(1).isOneIn(2);
        for (int account = 0; many && account < ACCOUNTS; account++) {
            addAccount(FIRST_ACCOUNT + account, firstIndex + account * ENDPOINTS_OF_EACH);
        }
        int outages = 1 + dice.of(2).below(2);
        for (int outage = 0; outage < outages; outage++) {
            Dice own = dice.of(3, outage);
            long at = own.of(1).below(length);
            long most = own.of(2).isOneIn(3) ? length : Duration.ofMinutes(2).toMillis();
            long millis = Math.min(5_000 + own.of(3).below(most), length - at);
            steps.add(new Step.NetworkFails(at, millis));
        }
    }

    List<EndpointPlan> endpoints() {
        return endpoints;
    }

    List<Step> steps() {
        return steps;
    }

    private void addAccount(int account, int firstIndex) {
        for (int i = 0; i < ENDPOINTS_OF_EACH; i++) {
            endpoints.add(new EndpointPlan(
                    firstIndex + i,
                    account,
                    Ordering.CALL,
                    32,
                    null,
                    Duration.ofSeconds(10),
                    WebhookOptions.DEFAULT.retrySchedule(),
                    Behaviour.GOOD,
                    false,
                    false));
        }
        for (int i = 0; i < CALLS_OF_EACH; i++) {
            int call = FIRST_CALL + account * CALLS_OF_EACH + i;
            steps.add(new Step.CallBegins(dice.of(4, call).below(length), call, account, -1, false));
        }
    }
}
