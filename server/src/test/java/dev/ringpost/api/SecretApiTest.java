package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.signing.WebhookPublicKey;
import dev.ringpost.signing.WebhookSecret;
import dev.ringpost.store.ApiKey.Scope;
import dev.ringpost.webhook.SigningSecret;
import dev.ringpost.webhook.Webhook;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets and key pairs: given, shown, rotated. */
class SecretApiTest {
    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private static final String HOOK = "{'url': 'https://example.com/hook', 'events': ['call.ended']";

    private ApiClient api;

    @BeforeEach
    void newAccount() {
        api = rig.newAccount(Scope.FULL);
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 32, 64})
    void ownSecretsOf24To64BytesAreTaken(int bytes) {
        String own = secretOf(bytes);
        assertThat(create(", 'secret': '" + own + "'").text("/secret")).isEqualTo(own);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 23, 65})
    void ownSecretsOfOtherLengthsAreRefused(int bytes) {
        refusesSecret(HOOK + ", 'secret': '" + secretOf(bytes) + "'}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "whsk_AAAA", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_%%%%"})
    void whatIsNoSecretIsRefusedWithoutRepeatingIt(String secret) {
        Answer refused = refusesSecret(HOOK + ", 'secret': '" + secret + "'}");
        assertThat(secret.isEmpty() || !refused.http().body().contains(secret)).isTrue();
    }

    @Test
    void aKeyPairShowsItsPublicHalfOnly() {
        Answer created = create(", 'signature': 'v1a'");
        assertThat(created.text("/signature")).isEqualTo("v1a");
        assertThat(created.json().has("secret")).isFalse();
        WebhookPublicKey.parse(created.text("/public_key"));
        String path = "/v1/webhooks/" + created.text("/id");
        Answer shown = api.get(path + "/secret").expect(200);
        assertThat(shown.names()).containsExactly("public_key");
        assertThat(shown.text("/public_key")).isEqualTo(created.text("/public_key"));
        Answer read = api.get(path).expect(200);
        assertThat(read.text("/signature")).isEqualTo("v1a");
        assertThat(read.names()).doesNotContain("secret", "public_key");
        Answer rotated = api.post(path + "/rotate-secret").expect(200);
        assertThat(rotated.names()).containsExactly("public_key");
        assertThat(rotated.text("/public_key")).isNotEqualTo(created.text("/public_key"));
        assertThat(List.of(created, shown, read, rotated))
                .allSatisfy(answer -> assertThat(answer.http().body()).doesNotContain("whsk_"));
    }

    @Test
    void anOwnSecretForAKeyPairIsRefused() {
        assertThat(refusesSecret(HOOK + ", 'signature': 'v1a', 'secret': '" + ApiRig.OWN_SECRET + "'}")
                        .faults()
                        .get("/secret"))
                .contains("v1a");
        String path = "/v1/webhooks/" + create(", 'signature': 'v1a'").text("/id");
        api.post(path + "/rotate-secret", "{'secret': '" + ApiRig.OWN_SECRET + "'}")
                .expect(422);
    }

    @Test
    void aRotationShowsTheNewSecretAndTheOldSignsAlong() {
        Answer created = create("");
        String path = "/v1/webhooks/" + created.text("/id");
        Answer rotated =
                api.post(path + "/rotate-secret", "{'overlap_seconds': 60}").expect(200);
        assertThat(rotated.names()).containsExactly("secret");
        WebhookSecret.parse(rotated.text("/secret"));
        assertThat(rotated.text("/secret")).isNotEqualTo(created.text("/secret"));
        assertThat(api.get(path + "/secret").text("/secret")).isEqualTo(rotated.text("/secret"));
        Webhook stored = rig.webhook(created.text("/id"));
        assertThat(stored.secrets())
                .extracting(SigningSecret::text)
                .containsExactly(rotated.text("/secret"), created.text("/secret"));
        assertThat(stored.secrets().getLast().validUntil())
                .isBetween(
                        stored.updatedAt().plusSeconds(59), stored.updatedAt().plusSeconds(61));
        assertThat(rig.dispatch.notesOf(created.text("/id"))).containsExactly("changed", "changed");
    }

    @Test
    void withoutOverlapTheOldEndsAtOnce() {
        Answer created = create("");
        String path = "/v1/webhooks/" + created.text("/id");
        api.post(path + "/rotate-secret", "{}").expect(200);
        Answer rotated = api.post(
                        path + "/rotate-secret", "{'overlap_seconds': 0, 'secret': '" + ApiRig.OWN_SECRET + "'}")
                .expect(200);
        assertThat(rotated.text("/secret")).isEqualTo(ApiRig.OWN_SECRET);
        assertThat(rig.webhook(created.text("/id")).secrets())
                .containsExactly(new SigningSecret(ApiRig.OWN_SECRET, null));
    }

    @Test
    void theOverlapIsADayWhereNoneIsGivenAndAWeekAtMost() {
        Answer created = create("");
        String path = "/v1/webhooks/" + created.text("/id") + "/rotate-secret";
        api.post(path).expect(200);
        Webhook stored = rig.webhook(created.text("/id"));
        assertThat(stored.secrets().getLast().validUntil())
                .isBetween(
                        stored.updatedAt().plusSeconds(86_399),
                        stored.updatedAt().plusSeconds(86_401));
        api.post(path, "{'overlap_seconds': 604800}").expect(200);
        for (String wrong : List.of("604801", "-1", "1.5", "'60'", "true")) {
            assertThat(api.post(path, "{'overlap_seconds': " + wrong + "}")
                            .expect(422)
                            .faults())
                    .containsOnlyKeys("/overlap_seconds");
        }
        assertThat(api.post(path, "{'overlap': 1, 'secret': 5}").expect(422).faults())
                .containsOnlyKeys("/overlap", "/secret");
    }

    @Test
    void rotationsAtTheSameTimeAllCount() {
        Answer created = create("");
        String path = "/v1/webhooks/" + created.text("/id");
        List<String> shown = IntStream.range(0, 4)
                .parallel()
                .mapToObj(i -> api.post(path + "/rotate-secret").expect(200).text("/secret"))
                .toList();
        assertThat(rig.webhook(created.text("/id")).secrets())
                .extracting(SigningSecret::text)
                .hasSize(5)
                .containsAll(shown)
                .contains(created.text("/secret"))
                .startsWith(api.get(path + "/secret").text("/secret"));
    }

    @Test
    void aChangeOfTheSignatureIsARotation() {
        Answer created = create("");
        String path = "/v1/webhooks/" + created.text("/id");
        Answer changed = api.patch(path, "{'signature': 'v1a', 'name': 'n'}").expect(200);
        assertThat(changed.text("/signature")).isEqualTo("v1a");
        assertThat(changed.http().body()).doesNotContain("whsk_", "whpk_", "whsec_");
        assertThat(api.get(path + "/secret").text("/public_key")).startsWith("whpk_");
        Webhook stored = rig.webhook(created.text("/id"));
        assertThat(stored.secrets()).hasSize(2);
        assertThat(stored.secrets().getLast().text()).isEqualTo(created.text("/secret"));
        assertThat(stored.secrets().getLast().validUntil()).isNotNull();
        api.patch(path, "{'signature': 'v1a'}").expect(200);
        assertThat(rig.webhook(created.text("/id")).secrets()).isEqualTo(stored.secrets());
        assertThat(api.patch(path, "{'signature': 'v2'}").expect(422).faults()).containsOnlyKeys("/signature");
        assertThat(api.patch(path, "{'secret': '" + ApiRig.OWN_SECRET + "'}")
                        .expect(422)
                        .faults())
                .containsOnlyKeys("/secret");
    }

    @Test
    void theAccountsSecretSignsForTheWebhooksOfItsCalls() {
        assertThat(api.get("/v1/signing-secret").expect(200).text("/secret")).isEqualTo(ApiRig.OWN_SECRET);
        api.post("/v1/calls/web", "{'agent_id': 'a', 'webhook_url': 'https://example.com/own'}")
                .expect(201);
        String id = api.get("/v1/webhooks?kind=call").text("/items/0/id");
        Answer refused = api.post("/v1/webhooks/" + id + "/rotate-secret").expect(409);
        assertThat(refused.problem()).isEqualTo("signed-by-account");
        assertThat(refused.text("/detail")).contains("/v1/signing-secret/rotate");
        assertThat(api.patch("/v1/webhooks/" + id, "{'signature': 'v1a'}")
                        .expect(422)
                        .faults())
                .containsOnlyKeys("/signature");

        Answer rotated =
                api.post("/v1/signing-secret/rotate", "{'overlap_seconds': 60}").expect(200);
        assertThat(rotated.names()).containsExactly("secret");
        assertThat(api.get("/v1/signing-secret").text("/secret")).isEqualTo(rotated.text("/secret"));
        assertThat(api.get("/v1/webhooks/" + id + "/secret").text("/secret")).isEqualTo(rotated.text("/secret"));
        assertThat(rig.webhook(id).secrets())
                .extracting(SigningSecret::text)
                .containsExactly(rotated.text("/secret"), ApiRig.OWN_SECRET);
        assertThat(rig.dispatch.notesOf(id)).containsExactly("changed");
        api.post("/v1/signing-secret/rotate", "{'overlap_seconds': 604801}").expect(422);
        api.post("/v1/signing-secret/rotate", "{'secret': 'whsec_AA=='}").expect(422);
    }

    @Test
    void allCallEndpointsOfTheAccountAreToldAndNoOthers() {
        ApiClient other = rig.newAccount(Scope.FULL);
        other.post("/v1/calls/web", "{'agent_id': 'a', 'webhook_url': 'https://example.com/own'}")
                .expect(201);
        for (int i = 0; i < 205; i++) {
            api.post("/v1/calls/web", "{'agent_id': 'a', 'webhook_url': 'https://example.com/own/" + i + "'}")
                    .expect(201);
        }
        int before = rig.dispatch.notes.size();
        api.post("/v1/signing-secret/rotate").expect(200);
        assertThat(rig.dispatch.notes.subList(before, rig.dispatch.notes.size()))
                .hasSize(205)
                .doesNotHaveDuplicates();
        String foreign = other.get("/v1/webhooks?kind=call").text("/items/0/id");
        assertThat(rig.dispatch.notesOf(foreign)).isEmpty();
    }

    @Test
    void secretsAreOnlyForThoseWhoManage() {
        String path = "/v1/webhooks/" + create("").text("/id");
        for (Scope scope : List.of(Scope.READ, Scope.REPORTS)) {
            ApiClient weak = rig.client(api.account(), scope, java.util.Set.of());
            weak.get(path + "/secret").expect(403);
            weak.post(path + "/rotate-secret").expect(403);
            weak.get("/v1/signing-secret").expect(403);
            weak.post("/v1/signing-secret/rotate").expect(403);
        }
        rig.newAccount(Scope.FULL).post(path + "/rotate-secret").expect(404);
    }

    private Answer create(String more) {
        return api.post("/v1/webhooks", HOOK + more + "}").expect(201);
    }

    private Answer refusesSecret(String body) {
        Answer refused = api.post("/v1/webhooks", body).expect(422);
        assertThat(refused.faults()).containsOnlyKeys("/secret");
        return refused;
    }

    private static String secretOf(int bytes) {
        return "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
    }
}
