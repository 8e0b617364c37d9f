package dev.ringpost.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads what the kernel knows of a process (Linux: {@code /proc}). A thread takes its account with it when it ends, so
 * {@link #usage} is to be asked several times a second: what a thread used after that is counted as {@code OTHER}.
 */
public final class ProcessWatch {
    private static final long NANOS_A_TICK = 10_000_000;
    private static final int USER_TICKS = 11;

    private final Path process;
    private final Map<Path, Seen> threads = new HashMap<>();
    private final Map<ThreadRole, Long> named = new EnumMap<>(ThreadRole.class);

    private record Seen(ThreadRole group, long nanos) {}

    public ProcessWatch(long pid) {
        process = Path.of("/proc", Long.toString(pid));
    }

    public Usage usage() {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(process.resolve("task"))) {
            tasks.forEach(this::sample);
            long all = ticks() * NANOS_A_TICK;
            long known = named.values().stream().mapToLong(Long::longValue).sum();
            Map<ThreadRole, Long> byGroup = new EnumMap<>(named);
            byGroup.put(ThreadRole.OTHER, Math.max(0, all - known));
            return new Usage(all, byGroup, number("io", "write_bytes:"));
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read what " + process + " used; did it end?", e);
        }
    }

    /** Resident memory in MiB. */
    public long residentMiB() {
        try {
            return number("status", "VmRSS:") / 1024;
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read the memory of " + process + "; did it end?", e);
        }
    }

    private void sample(Path task) {
        try {
            Seen before = threads.get(task);
            ThreadRole group = before != null
                    ? before.group()
                    : ThreadRole.ofThread(Files.readString(task.resolve("comm")).strip());
            if (group != ThreadRole.OTHER) {
                long nanos = Long.parseLong(
                        Files.readString(task.resolve("schedstat")).split(" ", 2)[0]);
                threads.put(task, new Seen(group, nanos));
                named.merge(group, nanos - (before == null ? 0 : before.nanos()), Long::sum);
            }
        } catch (IOException e) {
            // It ended between the listing and the reading.
            threads.remove(task);
        }
    }

    /** Of all threads, those that ended included. */
    private long ticks() throws IOException {
        String stat = Files.readString(process.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]);
    }

    private long number(String file, String name) throws IOException {
        return Files.readAllLines(process.resolve(file)).stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
