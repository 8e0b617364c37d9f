package dev.ringpost.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringpost.fairness.Acting;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadersTest {
    private static final long MANY = 1;
    private static final long FEW = 2;

    @TempDir
    Path folder;

    private final List<Long> answered = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void accountsThatWaitForAReaderTakeTurns() {
        CountDownLatch free = new CountDownLatch(1);
        try (Readers readers = new Readers(folder.resolve("read.db"), "reader", 1);
                ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            askers.execute(() -> readers.read(database -> {
                asked.incrementAndGet();
                return awaited(free);
            }));
            await().until(() -> asked.get() == 1);
            for (int i = 0; i < 20; i++) {
                ask(readers, askers, MANY);
            }
            await().until(() -> readers.waiting() == 20);
            ask(readers, askers, FEW);
            await().until(() -> readers.waiting() == 21);
            free.countDown();
        }
        assertThat(answered.indexOf(FEW)).isLessThanOrEqualTo(1);
        assertThat(answered).hasSize(21);
    }

    private void ask(Readers readers, ExecutorService askers, long account) {
        askers.execute(() -> Acting.as(account, () -> readers.read(database -> answered.add(account))));
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
