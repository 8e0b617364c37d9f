package dev.ringpost.bench.store;

import dev.ringpost.call.EventType;
import dev.ringpost.store.Account;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Accounts with webhooks for {@code call.started}, made in a data folder before a server runs on it. */
public final class Customers {
    /** How many are made in one commit. */
    private static final int SLICE = 1000;

    /** An agent whose calls nobody reports. */
    private static final Set<String> SILENT_AGENT = Set.of("agent_2");

    private Customers() {}

    /** Accounts with one webhook each, all for the same URL. Returns their public ids. */
    public static List<String> withAWebhookEach(Path data, int accounts, String url) throws IOException {
        List<String> made = new ArrayList<>(accounts);
        try (StoreFiller store = new StoreFiller(data)) {
            while (made.size() < accounts) {
                store.commit(tx -> {
                    for (int i = Math.min(SLICE, accounts - made.size()); i > 0; i--) {
                        Account account = store.account(tx, "customer " + made.size());
                        store.webhook(tx, account.no(), url, EventType.CALL_STARTED, Set.of());
                        made.add(store.publicId(account));
                    }
                });
            }
        }
        return made;
    }

    /** One account with so many webhooks that all get the event. Returns its public id. */
    public static String withWebhooks(Path data, int webhooks, String url) throws IOException {
        return account(data, webhooks, 0, url);
    }

    /** One account with so many webhooks, of which only one wants the calls that are reported. Returns its public id. */
    public static String withSilentWebhooks(Path data, int webhooks, String url) throws IOException {
        return account(data, 1, webhooks - 1, url);
    }

    private static String account(Path data, int wanting, int silent, String url) throws IOException {
        try (StoreFiller store = new StoreFiller(data)) {
            List<Account> made = new ArrayList<>();
            store.commit(tx -> made.add(store.account(tx, "customer")));
            Account account = made.getFirst();
            for (int first = 0; first < wanting + silent; first += SLICE) {
                int from = first;
                store.commit(tx -> {
                    for (int i = from; i < Math.min(from + SLICE, wanting + silent); i++) {
                        store.webhook(
                                tx, account.no(), url, EventType.CALL_STARTED, i < wanting ? Set.of() : SILENT_AGENT);
                    }
                });
            }
            return store.publicId(account);
        }
    }
}
