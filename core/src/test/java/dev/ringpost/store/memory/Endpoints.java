package dev.ringpost.store.memory;

import dev.ringpost.call.EventType;
import dev.ringpost.id.NumberSource;
import dev.ringpost.store.Account;
import dev.ringpost.webhook.DefaultName;
import dev.ringpost.webhook.SigningSecret;
import dev.ringpost.webhook.Subscription;
import dev.ringpost.webhook.Subscriptions;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.WebhookOptions;
import dev.ringpost.webhook.WebhookStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Webhooks of all kinds, and the accounts whose secrets sign for some of them. */
final class Endpoints {
    private final Undo undo;
    private final NumberSource numbers;
    private final Map<Long, Subscriptions> subscriptions = new HashMap<>();

    final Table<Long, Webhook> live;
    /** Where those are that were deleted: for the log. */
    final Table<Long, String> urls;

    final Table<Long, Account> accounts;

    Endpoints(Undo undo, NumberSource numbers) {
        this.undo = undo;
        this.numbers = numbers;
        this.live = new Table<>(undo);
        this.urls = new Table<>(undo);
        this.accounts = new Table<>(undo);
    }

    String url(long no) {
        return urls.find(no).orElse("");
    }

    Optional<Webhook> find(long no) {
        return live.find(no).map(this::signed);
    }

    Subscriptions subscriptions(long account) {
        return subscriptions.computeIfAbsent(
                account,
                no -> new Subscriptions(live.all().stream()
                        .filter(webhook -> webhook.account() == no && webhook.kind() == WebhookKind.ACCOUNT)
                        .map(Subscription::of)
                        .toList()));
    }

    List<Webhook> ofAnyKind(long account) {
        return live.all().stream()
                .filter(webhook -> webhook.account() == account)
                .map(this::signed)
                .toList();
    }

    /** Made if it is new. */
    Webhook ofUrl(long account, String url) {
        return live.all().stream()
                .filter(webhook -> webhook.account() == account
                        && webhook.kind() == WebhookKind.CALL
                        && webhook.url().equals(url))
                .findFirst()
                .map(this::signed)
                .orElseGet(() -> signed(make(account, url)));
    }

    private Webhook make(long account, String url) {
        long no = numbers.next();
        Instant now = NumberSource.timeOf(no);
        Webhook made = new Webhook(
                no,
                account,
                WebhookKind.CALL,
                DefaultName.of(url),
                url,
                EventType.OF_CALLS,
                WebhookStatus.ACTIVE,
                null,
                WebhookOptions.DEFAULT,
                List.of(),
                now,
                now);
        insert(made);
        return made;
    }

    void insert(Webhook webhook) {
        live.insert(webhook.no(), webhook);
        urls.put(webhook.no(), webhook.url());
        changed(webhook.account());
    }

    /** One that was deleted stays so. */
    void update(Webhook webhook) {
        if (live.has(webhook.no())) {
            live.put(webhook.no(), webhook);
            urls.put(webhook.no(), webhook.url());
            changed(webhook.account());
        }
    }

    /** False where the account has no such webhook. */
    boolean delete(long account, long no) {
        Webhook webhook = live.get(no);
        if (webhook == null || webhook.account() != account) {
            return false;
        }
        live.remove(no);
        changed(account);
        return true;
    }

    /** Those that the account's secrets sign for count as changed. */
    void replaceSecrets(long account, List<SigningSecret> secrets, Instant now) {
        Account old = accounts.get(account);
        if (old == null) {
            return;
        }
        accounts.put(account, new Account(account, old.name(), secrets, old.createdAt()));
        for (Webhook webhook : ofAnyKind(account)) {
            if (webhook.kind().isSignedByAccount()) {
                update(updated(webhook, webhook.secrets(), webhook.nextUpdate(now)));
            }
        }
    }

    private void changed(long account) {
        subscriptions.remove(account);
        undo.add(() -> subscriptions.remove(account));
    }

    private Webhook signed(Webhook webhook) {
        if (!webhook.kind().isSignedByAccount()) {
            return webhook;
        }
        List<SigningSecret> secrets =
                accounts.find(webhook.account()).map(Account::secrets).orElse(List.of());
        return updated(webhook, secrets, webhook.updatedAt());
    }

    private static Webhook updated(Webhook webhook, List<SigningSecret> secrets, Instant at) {
        return new Webhook(
                webhook.no(),
                webhook.account(),
                webhook.kind(),
                webhook.name(),
                webhook.url(),
                webhook.events(),
                webhook.status(),
                webhook.disabledReason(),
                webhook.options(),
                secrets,
                webhook.createdAt(),
                at);
    }
}
