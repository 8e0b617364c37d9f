package dev.ringpost.bench.process;

import java.util.EnumMap;
import java.util.Map;

/**
 * What a process has used up since it started, or between two moments.
 *
 * @param cpuNanos processor time of all its threads, user and system
 * @param byGroup the same by group; the groups sum up to the whole
 * @param bytesWritten what it made the kernel write to a disk
 */
public record Usage(long cpuNanos, Map<ThreadRole, Long> byGroup, long bytesWritten) {
    public Usage minus(Usage before) {
        Map<ThreadRole, Long> difference = new EnumMap<>(ThreadRole.class);
        byGroup.forEach((group, nanos) -> difference.put(group, nanos - before.of(group)));
        return new Usage(cpuNanos - before.cpuNanos, difference, bytesWritten - before.bytesWritten);
    }

    public long of(ThreadRole group) {
        return byGroup.getOrDefault(group, 0L);
    }

    /** Which part of the processor time the JIT compilers had, 0 to 1. */
    public double compilersShare() {
        return cpuNanos == 0 ? 0 : (double) of(ThreadRole.COMPILERS) / cpuNanos;
    }
}
