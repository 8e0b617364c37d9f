package dev.ringpost.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What every operation refuses in the same way, tried on each of the description's. */
final class Faults {
    private static final String UNKNOWN_ACCOUNT = "acct_0ctzh80tra400f2sx9fnm";
    /** Made with another server's key: as good as unknown. */
    private static final Map<String, String> UNKNOWN = Map.of(
            "webhooks", "wh_0ctzh80tra400f2sx9fnm",
            "calls", "call_0ctzh80tra400f2sx9fnm",
            "events", "evt_0ctzh80tra400f2sx9fnm",
            "deliveries", "dlv_0ctzh80tra40233z6g1edg1057y3gb2am1",
            "replays", "rpl_0ctzh80tra400f2sx9fnm",
            "accounts", UNKNOWN_ACCOUNT);

    private final DescribedClient client;
    private final Map<String, String> keys;
    private final Map<String, String> known;

    /**
     * @param keys one of each scope but operator
     * @param known an id for each kind of path that has one, and {@code key_id}
     */
    Faults(DescribedClient client, Map<String, String> keys, Map<String, String> known) {
        this.client = client;
        this.keys = keys;
        this.known = known;
    }

    void tryAll(Description.Operation operation) {
        valid(operation, known).rawQuery("broken=%zz").expect(400);
        valid(operation, known).query("nonsense", "1").asNotDescribed().expect(422);
        if (operation.needsKey()) {
            tryKeys(operation);
        }
        if (operation.takesBody()) {
            tryBodies(operation);
        }
        if (operation.takesBody() && operation.method().equals("POST")) {
            tryAnotherBody(operation);
        }
    }

    private void tryKeys(Description.Operation operation) {
        valid(operation, known).withoutKey().expect(401);
        valid(operation, known).key("rp_sk_unknown").expect(401);
        keys.forEach((scope, key) -> {
            if (!operation.scopes().contains(scope)) {
                Exchange refused = valid(operation, known).key(key).expect(403);
                assertThat(refused.text("/detail")).endsWith("one of: " + String.join(", ", operation.scopes()));
            }
        });
        valid(operation, known).header("ringpost-account", UNKNOWN_ACCOUNT).expect(404);
        if (operation.path().contains("{id}")) {
            valid(operation, UNKNOWN).expect(404);
        }
    }

    private void tryBodies(Description.Operation operation) {
        broken(operation).json("{").expect(400);
        broken(operation).header("content-type", "text/plain").json("{}").expect(415);
        broken(operation).json("'" + "x".repeat(mostBytes(operation)) + "'").expect(413);
    }

    private static int mostBytes(Description.Operation operation) {
        return switch (operation.id()) {
            case "sendReports" -> 16 << 20;
            case "reportOnCall" -> 4 << 20;
            default -> 256 << 10;
        };
    }

    private void tryAnotherBody(Description.Operation operation) {
        String key = UUID.randomUUID().toString();
        boolean faultsAreInItems = operation.id().equals("sendReports");
        Exchange first = broken(operation)
                .header("idempotency-key", key)
                .json("{'nonsense': 1}")
                .expect(faultsAreInItems ? 200 : 422);
        Exchange same = broken(operation)
                .header("idempotency-key", key)
                .json("{'nonsense': 1}")
                .expect(first.status());
        assertThat(same.json()).isEqualTo(first.json());
        assertThat(same.reply().header("idempotent-replayed")).contains("true");
        Exchange other = broken(operation)
                .header("idempotency-key", key)
                .json("{'nonsense': 2}")
                .expect(422);
        assertThat(other.problem()).isEqualTo("idempotency-mismatch");
    }

    /** As it may be sent. */
    private Ask valid(Description.Operation operation, Map<String, String> ids) {
        Ask ask = ask(operation, ids);
        List<String> examples = operation.takesBody() ? client.exampleNames(operation.id()) : List.of();
        return examples.isEmpty() ? ask : ask.json(client.example(operation.id(), examples.getFirst()));
    }

    private Ask broken(Description.Operation operation) {
        return ask(operation, known).asNotDescribed();
    }

    private Ask ask(Description.Operation operation, Map<String, String> ids) {
        Ask ask = client.ask(operation);
        ids.forEach((kind, id) -> {
            if (operation.path().startsWith("/v1/" + kind + "/{id}")) {
                ask.id(id);
            }
        });
        return operation.path().contains("{key_id}") ? ask.path("key_id", known.getOrDefault("key_id", "")) : ask;
    }
}
