package dev.ringpost.cli;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SIGTERM and SIGINT end the process in order. */
final class StopSignal {
    private static final Logger log = LoggerFactory.getLogger(StopSignal.class);

    private StopSignal() {}

    /** Waits for the signal, then runs {@code stop} and ends the process: 0 if it went well, 1 if not. Never returns. */
    static void await(Runnable stop) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            int status = stopped(stop);
            // After a signal the JVM would end with 143; a stop in order is a success.
            Runtime.getRuntime().halt(status);
        }));
        new CountDownLatch(1).await();
    }

    private static int stopped(Runnable stop) {
        try {
            log.info("Stopping");
            stop.run();
            log.info("Stopped");
            return 0;
        } catch (RuntimeException e) {
            log.error("The stop failed; what was acknowledged is on disk and goes on at the next start", e);
            return 1;
        }
    }
}
