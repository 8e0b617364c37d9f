package dev.ringpost.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FairSharesTest {
    private final FairShares shares = new FairShares(60);

    @Test
    void aloneAnAccountGetsHalf() {
        assertThat(takeAll(1)).isEqualTo(30);
        assertThat(takeAll(1)).isZero();
    }

    @Test
    void whoComesLaterGetsSomethingHoweverManyThereAre() {
        for (int account = 1; account <= 4; account++) {
            assertThat(takeAll(account)).isPositive();
        }
        assertThat(shares.taken()).isLessThan(60);
    }

    @Test
    void whatIsGivenBackIsThereAgain() {
        assertThat(shares.tryTake(1, 30)).isTrue();
        assertThat(shares.tryTake(2, 20)).isFalse();
        shares.giveBack(1, 30);
        assertThat(shares.taken()).isZero();
        assertThat(shares.tryTake(2, 20)).isTrue();
        assertThatThrownBy(() -> shares.giveBack(1, 1)).hasMessageContaining("too many");
    }

    private int takeAll(long account) {
        int taken = 0;
        while (shares.tryTake(account, 1)) {
            taken++;
        }
        return taken;
    }
}
