package dev.ringpost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.delivery.Notice;
import dev.ringpost.ops.NoticeLimit.Passed;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.WebhookOptions;
import dev.ringpost.webhook.WebhookStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NoticeLimitTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final NoticeLimit limit = new NoticeLimit();

    @Test
    void aFewPassAtOnceEachWithNothingLeftOut() {
        List<Notice> few = List.of(recovered(1, 1), recovered(1, 2), recovered(2, 3));
        few.forEach(notice -> limit.add(notice, START));
        assertThat(limit.take(START)).extracting(Passed::notice).isEqualTo(few);
        assertThat(limit.take(START)).isEmpty();
    }

    @Test
    void ofAFloodTheNewestPassesInTheNextSecondAndCountsTheOthers() {
        for (int i = 1; i <= 10_000; i++) {
            limit.add(recovered(1, i), START);
        }
        assertThat(limit.take(START)).hasSize(NoticeLimit.OF_A_KIND).allMatch(passed -> passed.suppressed() == 0);
        assertThat(limit.take(START)).isEmpty();
        assertThat(limit.take(START.plusSeconds(1)))
                .containsExactly(new Passed(recovered(1, 10_000), 10_000 - NoticeLimit.OF_A_KIND - 1));
        assertThat(limit.take(START.plusSeconds(2))).isEmpty();
    }

    @Test
    void aFloodOfOneKindOrAccountLeavesRoomForOthers() {
        for (int i = 1; i <= 1000; i++) {
            limit.add(recovered(1, i), START);
        }
        limit.take(START);
        Notice disabled = new Notice.Disabled(webhook(1, 7));
        limit.add(disabled, START);
        limit.add(recovered(2, 8), START);
        assertThat(limit.take(START)).extracting(Passed::notice).containsExactly(disabled, recovered(2, 8));
    }

    @Test
    void manyAccountsTogetherAreBoundAndEachHasItsTurn() {
        for (int account = 1; account <= 1000; account++) {
            for (int i = 0; i < 3; i++) {
                limit.add(recovered(account, account), START);
            }
        }
        Set<Long> told = new HashSet<>();
        Map<Long, Long> notices = new HashMap<>();
        for (int second = 0; second < 15; second++) {
            List<Passed> taken = limit.take(START.plusSeconds(second));
            assertThat(taken.size()).isLessThanOrEqualTo(NoticeLimit.IN_ALL);
            for (Passed passed : taken) {
                long account = passed.notice().webhook().account();
                told.add(account);
                notices.merge(account, 1 + passed.suppressed(), Long::sum);
            }
        }
        assertThat(told).hasSize(1000);
        assertThat(notices.values()).allMatch(count -> count == 3);
    }

    @Test
    void theBoundHoldsHoweverOftenItIsTakenFrom() {
        int taken = 0;
        for (int account = 1; account <= 1000; account++) {
            limit.add(recovered(account, account), START);
            taken += limit.take(START).size();
        }
        assertThat(taken).isEqualTo(NoticeLimit.IN_ALL);
    }

    @Test
    void whatNobodyTakesDoesNotGrow() {
        for (int second = 0; second < 100; second++) {
            for (int account = 1; account <= 200; account++) {
                limit.add(recovered(account, account), START.plusSeconds(second));
            }
        }
        assertThat(limit.take(START.plusSeconds(100)).size()).isLessThanOrEqualTo(NoticeLimit.IN_ALL);
    }

    private static Notice recovered(long account, long webhook) {
        return new Notice.Recovered(webhook(account, webhook));
    }

    private static Webhook webhook(long account, long no) {
        return new Webhook(
                no,
                account,
                WebhookKind.ACCOUNT,
                "n",
                "https://hooks.example/" + no,
                Set.of(),
                WebhookStatus.ACTIVE,
                null,
                WebhookOptions.DEFAULT,
                List.of(),
                START,
                START);
    }
}
