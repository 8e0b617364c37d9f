package dev.ringpost.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TalliesTest {
    private static final Instant AT = Instant.parse("2026-03-01T12:34:56.789Z");
    private static final Instant MINUTE = Instant.parse("2026-03-01T12:34:00Z");
    private static final Instant HOUR = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void anAccountIsCountedByTheMinuteAndAnEndpointByTheHour() {
        Tallies tallies = new Tallies(10);
        tallies.fired(1, AT);
        tallies.routed(1, 70, AT);
        tallies.attemptFailed(1, 70, AT);
        tallies.attemptSucceeded(1, 70, AT, 250);
        tallies.attemptSucceeded(1, 70, AT);
        tallies.deliverySucceeded(1, 70, AT);
        tallies.deliveryFailed(1, 70, AT);
        Counts counts = new Counts(1, 1, 1, new Attempts(2, 1), LagHistogram.ofMillis(250));
        Counted ofAccount = new Counted(Interval.MINUTE, MINUTE, 1, Counted.WHOLE_ACCOUNT, counts);
        assertThat(tallies.take())
                .containsExactlyInAnyOrder(ofAccount, new Counted(Interval.HOUR, HOUR, 1, 70, counts));
        assertThat(tallies.take()).isEmpty();
        assertThat(ofAccount.rows())
                .containsExactly(ofAccount, new Counted(Interval.HOUR, HOUR, 1, Counted.WHOLE_ACCOUNT, counts));
    }

    @Test
    void whatIsGivenBackCountsWithWhatHappenedSince() {
        Tallies tallies = new Tallies(10);
        tallies.attemptSucceeded(1, 70, AT, 250);
        List<Counted> taken = tallies.take();
        tallies.attemptSucceeded(1, 70, AT.plusSeconds(1), 20);
        tallies.giveBack(taken);
        assertThat(tallies.take())
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.counts())
                        .isEqualTo(new Counts(0, 0, 0, new Attempts(2, 0), LagHistogram.ofMillis(20, 250))));
    }

    @Test
    void atTheBoundOnlyWhatIsThereAlreadyIsCounted() {
        Tallies tallies = new Tallies(2);
        tallies.attemptFailed(1, 70, AT);
        tallies.attemptFailed(1, 71, AT);
        tallies.attemptFailed(2, 80, AT);
        tallies.attemptFailed(1, 70, AT);
        assertThat(tallies.size()).isEqualTo(2);
        assertThat(tallies.takeUncounted()).isEqualTo(3);
        assertThat(tallies.takeUncounted()).isZero();
        assertThat(tallies.take())
                .extracting(each -> each.counts().attempts().failed())
                .containsExactlyInAnyOrder(3L, 2L);
        tallies.attemptFailed(2, 80, AT);
        assertThat(tallies.take()).hasSize(2);
    }
}
