package dev.ringpost.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.Call;
import dev.ringpost.call.CallStatus;
import dev.ringpost.commit.WriteSide;
import dev.ringpost.id.NumberSource;
import dev.ringpost.secret.MasterKey;
import dev.ringpost.store.Given;
import dev.ringpost.store.Transaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The value behind a call's key stands once in the files of the data folder, and nowhere once it is overwritten. */
@SuppressWarnings("NullAway.Init") // set before each test
class CallKeysOnDiskTest {
    private static final int CALLS = 6000;

    @TempDir
    Path folder;

    private Instant now = Given.NOW;
    private SqliteStore store;

    @BeforeEach
    void open() {
        InstantSource clock = () -> now;
        store = SqliteStore.open(folder, new MasterKey(new byte[32]), clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aValueHasNoCopyAndAnOverwrittenOneIsNowhere() throws IOException {
        List<Call> calls = makeCalls(CallStatus.COMPLETED);
        Map<Long, byte[]> values = values();
        assertThat(values).hasSize(CALLS);
        List<Call> erased = calls.stream().filter(call -> call.no() % 3 == 0).toList();
        write(tx -> tx.eraseCalls(erased));
        store.writeAheadLog().traceless().join();
        erased.forEach(call -> assertThat(values).containsKey(call.no()));
        assertOnDisk(values, erased);
    }

    /** Rows of old calls are deleted all around those that go on. */
    @Test
    void deletingOldKeysLeavesNoCopyOfTheOthers() throws IOException {
        List<Call> calls = makeCalls(CallStatus.COMPLETED);
        List<Call> goOn = IntStream.iterate(99, i -> i < CALLS, i -> i + 1500)
                .mapToObj(i -> with(calls.get(i), CallStatus.IN_PROGRESS))
                .toList();
        write(tx -> tx.updateCalls(goOn));
        Map<Long, byte[]> values = values();
        now = now.plus(Duration.ofDays(30));
        expire();
        assertThat(values()).as("far from those that go on they are deleted").hasSizeLessThan(CALLS);
        List<Call> gone = calls.stream()
                .filter(call -> goOn.stream().noneMatch(other -> other.no() == call.no()))
                .toList();
        assertOnDisk(values, gone);
        write(tx -> tx.eraseCalls(
                goOn.stream().map(call -> with(call, CallStatus.COMPLETED)).toList()));
        store.writeAheadLog().traceless().join();
        assertOnDisk(values, calls);
    }

    private List<Call> makeCalls(CallStatus status) {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(with(Given.call(store.numbers().next(), Given.ACME, null), status));
        }
        for (int from = 0; from < CALLS; from += 75) {
            List<Call> batch = calls.subList(from, from + 75);
            write(tx -> tx.insertCalls(batch));
        }
        return calls;
    }

    private static Call with(Call call, CallStatus status) {
        Instant at = NumberSource.timeOf(call.no());
        return new Call(call.no(), call.account(), call.spec(), status, call.facts(), call.progress(), at, at);
    }

    private void expire() {
        Instant before = now.minus(Duration.ofDays(1));
        boolean more = true;
        while (more) {
            more = in(tx -> tx.expireSlice(before, 100));
        }
    }

    private Map<Long, byte[]> values() {
        Map<Long, byte[]> values = new HashMap<>();
        store.writer()
                .query("select no, key from call_keys", row -> Map.entry(row.number(1), row.bytes(2)))
                .forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        return values;
    }

    /** Those of the gone calls are nowhere, each other one is there once. */
    private void assertOnDisk(Map<Long, byte[]> values, List<Call> gone) throws IOException {
        moveLogIntoFile();
        Set<Long> goneNumbers = gone.stream().map(Call::no).collect(Collectors.toSet());
        String disk = disk();
        values.forEach((call, value) -> {
            String text = new String(value, StandardCharsets.ISO_8859_1);
            int first = disk.indexOf(text);
            if (goneNumbers.contains(call)) {
                assertThat(first).as("call %s", call).isEqualTo(-1);
            } else {
                assertThat(first).as("call %s", call).isNotEqualTo(-1);
                assertThat(disk.indexOf(text, first + 1)).as("call %s", call).isEqualTo(-1);
            }
        });
    }

    private void moveLogIntoFile() {
        Call call = Given.call(store.numbers().next(), Given.OTHER, null);
        write(tx -> tx.insertCalls(List.of(call)));
        write(tx -> tx.eraseCalls(List.of(call)));
        store.writeAheadLog().traceless().join();
    }

    private String disk() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private void write(Consumer<Transaction> work) {
        in(tx -> {
            work.accept(tx);
            return true;
        });
    }

    private boolean in(Predicate<Transaction> work) {
        WriteSide writeSide = store.writeSide();
        try {
            boolean result = work.test(writeSide.begin());
            writeSide.commit();
            writeSide.betweenBatches();
            return result;
        } finally {
            writeSide.rollback();
        }
    }
}
