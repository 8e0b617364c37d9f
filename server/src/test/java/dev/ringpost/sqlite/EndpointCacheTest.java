package dev.ringpost.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.EventType;
import dev.ringpost.webhook.Subscription;
import dev.ringpost.webhook.Subscriptions;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.Webhooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is read once and kept, and what is read again. */
class EndpointCacheTest {
    /** For a weight of 200 000. */
    private static final long HEAP = 200_000 * 2048L;

    private final EndpointCache cache = new EndpointCache(HEAP);
    private int reads;

    @Test
    void manySmallAccountsAreKept() {
        Subscriptions one = subscriptions(1);
        for (int round = 0; round < 2; round++) {
            for (long account = 1; account <= 100_000; account++) {
                read(account, one);
            }
        }
        assertThat(reads).isEqualTo(100_000);
    }

    @Test
    void aVeryLargeAccountIsKeptAndLeavesRoomToOthers() {
        Subscriptions large = subscriptions(300_000);
        Subscriptions one = subscriptions(1);
        for (int round = 0; round < 2; round++) {
            read(0, large);
            for (long account = 1; account <= 50_000; account++) {
                read(account, one);
            }
        }
        assertThat(reads).isEqualTo(50_001);
    }

    @Test
    void aChangedAccountIsReadEachTimeUntilTheBatchEnds() {
        Subscriptions one = subscriptions(1);
        read(1, one);
        cache.changed(1, 5);
        read(1, one);
        read(1, one);
        assertThat(reads).isEqualTo(3);
        cache.batchEnded();
        read(1, one);
        read(1, one);
        assertThat(reads).isEqualTo(4);
    }

    @Test
    void unknownAndChangedWebhooksAreReadTogether() {
        List<List<Long>> asked = new ArrayList<>();
        Function<List<Long>, Map<Long, Webhook>> read = numbers -> {
            asked.add(numbers);
            return numbers.stream().filter(no -> no < 10).collect(Collectors.toMap(no -> no, Webhooks::all));
        };
        assertThat(cache.ofNumbers(List.of(1L, 2L), read)).containsOnlyKeys(1L, 2L);
        cache.changed(1, 2);
        assertThat(cache.ofNumbers(List.of(1L, 2L, 3L, 10L), read)).containsOnlyKeys(1L, 2L, 3L);
        cache.batchEnded();
        assertThat(cache.ofNumbers(List.of(1L, 2L, 3L), read)).containsOnlyKeys(1L, 2L, 3L);
        assertThat(cache.ofNumbers(List.of(1L, 2L, 3L), read)).containsOnlyKeys(1L, 2L, 3L);
        assertThat(asked).containsExactly(List.of(1L, 2L), List.of(2L, 3L, 10L), List.of(2L));
    }

    private void read(long account, Subscriptions subscriptions) {
        cache.ofAccount(account, () -> {
            reads++;
            return subscriptions;
        });
    }

    private static Subscriptions subscriptions(int webhooks) {
        return new Subscriptions(LongStream.rangeClosed(1, webhooks)
                .mapToObj(no -> new Subscription(no, true, EventType.OF_CALLS, Set.of(), Set.of()))
                .toList());
    }
}
