package dev.ringpost.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TracesTest {
    private final Traces traces = new Traces();

    @Test
    void whoAsksWhileTheLogIsCutWaitsForThatCut() {
        traces.left();
        Traces.Covered cut = traces.cover();
        CompletableFuture<Void> gone = traces.gone();
        assertThat(gone).isNotDone();
        cut.end(true);
        assertThat(gone).isDone();
        assertThat(traces.gone()).isDone();
    }

    @Test
    void aCutThatFailedIsWaitedForAgain() {
        traces.left();
        Traces.Covered cut = traces.cover();
        CompletableFuture<Void> gone = traces.gone();
        cut.end(false);
        assertThat(gone).isNotDone();
        assertThat(traces.areLeft()).isTrue();
        traces.cover().end(true);
        assertThat(gone).isDone();
    }

    @Test
    void whatIsLeftDuringACutNeedsAnother() {
        traces.left();
        Traces.Covered cut = traces.cover();
        traces.left();
        CompletableFuture<Void> gone = traces.gone();
        cut.end(true);
        assertThat(gone).isNotDone();
        traces.cover().end(true);
        assertThat(gone).isDone();
    }
}
