package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.store.ApiKey.Scope;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More reports come than can be stored: who is refused, and what becomes of what was accepted. */
class FloodTest {
    /** 20 000 reports may wait, an account's as many as are left free: alone half of them. */
    private static final int REPORTS_A_REQUEST = 1000;

    private static final int ACCEPTED_OF_ONE = 10;

    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    @Test
    void whoFloodsIsRefusedAtOnceAndOthersAreNot() {
        ApiClient flooding = rig.newAccount(Scope.REPORTS);
        ApiClient quiet = rig.newAccount(Scope.REPORTS);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Runnable release = rig.holdWriter();
            Map<Boolean, List<CompletableFuture<Answer>>> byRefusal;
            CompletableFuture<Answer> late;
            try {
                List<CompletableFuture<Answer>> flood = IntStream.range(0, ACCEPTED_OF_ONE + 5)
                        .mapToObj(i -> posted(flooding, "f" + i, clients))
                        .toList();
                await().until(() ->
                        flood.stream().filter(CompletableFuture::isDone).count() >= 5);
                late = posted(quiet, "q", clients);
                assertRefused(flooding.post("/v1/reports", reports("again")));
                byRefusal = flood.stream().collect(Collectors.partitioningBy(CompletableFuture::isDone));
            } finally {
                release.run();
            }

            assertThat(byRefusal.get(true)).hasSize(5).allSatisfy(answer -> assertRefused(answer.join()));
            assertThat(byRefusal.get(false)).hasSize(ACCEPTED_OF_ONE).allSatisfy(answer -> assertStored(answer.join()));
            assertStored(late.join());
            assertStored(flooding.post("/v1/reports", reports("later")));
        }
    }

    private static void assertStored(Answer answer) {
        assertThat(answer.expect(200).json().path("items")).hasSize(REPORTS_A_REQUEST);
    }

    private static void assertRefused(Answer answer) {
        answer.expect(503);
        assertThat(answer.problem()).isEqualTo("overloaded");
        assertThat(answer.header("retry-after")).isEqualTo("1");
    }

    private static CompletableFuture<Answer> posted(ApiClient client, String name, ExecutorService clients) {
        return CompletableFuture.supplyAsync(() -> client.post("/v1/reports", reports(name)), clients);
    }

    private static String reports(String name) {
        return IntStream.range(0, REPORTS_A_REQUEST)
                .mapToObj(i -> "{'type': 'initiated', 'external_id': '" + name + "-" + i
                        + "', 'call': {'agent_id': 'a', 'type': 'inbound'}}")
                .collect(Collectors.joining(",", "[", "]"));
    }
}
