package dev.ringpost.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SlicesTest {
    private static final long MANY = 1;
    private static final long FEW = 2;

    private final Slices slices = new Slices();
    private final List<CompletableFuture<String>> begun = new ArrayList<>();

    @Test
    void oneSliceIsUnderWayAtATime() {
        CompletableFuture<String> first = slice(MANY);
        CompletableFuture<String> second = slice(MANY);
        assertThat(begun).hasSize(1);

        begun.getFirst().complete("1");

        assertThat(first).isCompletedWithValue("1");
        assertThat(begun).hasSize(2);
        assertThat(second).isNotDone();
    }

    @Test
    void anAccountWithOneSweepDoesNotWaitForAllOfAnother() {
        for (int i = 0; i < 100; i++) {
            var _ = slice(MANY);
        }
        CompletableFuture<String> few = slice(FEW);
        for (int i = 0; i < 3; i++) {
            begun.getLast().complete("done");
        }
        assertThat(few).isDone();
    }

    @Test
    void oneThatFailsLetsTheNextOneOn() {
        CompletableFuture<String> thrown = slices.inTurn(MANY, () -> {
            throw new IllegalStateException("no");
        });
        CompletableFuture<String> failed = slice(MANY);
        CompletableFuture<String> next = slice(MANY);
        begun.getLast().completeExceptionally(new IllegalStateException("no"));
        begun.getLast().complete("done");

        assertThat(thrown).isCompletedExceptionally();
        assertThat(failed).isCompletedExceptionally();
        assertThat(next).isCompletedWithValue("done");
    }

    private CompletableFuture<String> slice(long account) {
        return slices.inTurn(account, () -> {
            CompletableFuture<String> work = new CompletableFuture<>();
            begun.add(work);
            return work;
        });
    }
}
