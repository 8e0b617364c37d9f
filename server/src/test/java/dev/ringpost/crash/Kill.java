package dev.ringpost.crash;

/**
 * A server's end by SIGKILL. Times are of {@link System#nanoTime}.
 *
 * @param before the signal was not sent yet
 * @param after the process was gone
 * @param window how old an answer of a receiver may have been at {@code before} whose result was not committed: a result
 *     waits for the commit that is under way and for its own, and so does a report; so, twice what the slowest report
 *     took, and a tenth of a second for the way to the commit
 */
record Kill(long before, long after, long window) {
    private static final long ON_THE_WAY = 100_000_000;

    static Kill after(ServerProcess server, long slowestAnswer) throws InterruptedException {
        long before = System.nanoTime();
        server.kill();
        return new Kill(before, System.nanoTime(), 2 * slowestAnswer + ON_THE_WAY);
    }

    /** Whether the server may have died without a record of what became of this attempt. */
    boolean mayHaveForgotten(Arrival attempt) {
        return attempt.begun() <= after && attempt.answered() >= before - window;
    }
}
