package dev.ringpost.api.http;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ringpost.account.KeyText;
import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemException;
import dev.ringpost.api.problem.ProblemType;
import dev.ringpost.id.IdKind;
import dev.ringpost.id.PublicIds;
import dev.ringpost.portal.PortalLink;
import dev.ringpost.portal.PortalLinks;
import dev.ringpost.store.Account;
import dev.ringpost.store.ApiKey;
import dev.ringpost.store.Records;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who sent a request. What the store says of a key, that it is unknown included, is believed for five
 * seconds: so a key that another process revokes stops to work within that time.
 */
public final class KeyRing {
    private static final Duration BELIEVED_FOR = Duration.ofSeconds(5);
    private static final int MOST_KEYS = 10_000;
    private static final String SCHEME = "Bearer ";
    private static final String CHALLENGE = "Bearer realm=\"ringpost\"";
    private static final String INVALID = ", error=\"invalid_token\"";

    private final PublicIds ids;
    private final PortalLinks links;
    private final InstantSource clock;
    private final AsyncLoadingCache<String, Optional<ApiKey>> keys;
    private final AsyncLoadingCache<Long, Optional<Account>> accounts;
    private final List<Runnable> whenForgotten = new CopyOnWriteArrayList<>();

    /** @param blocking where the store is asked */
    public KeyRing(Records records, PublicIds ids, PortalLinks links, InstantSource clock, Executor blocking) {
        this.ids = ids;
        this.links = links;
        this.clock = clock;
        this.keys = Caffeine.newBuilder()
                .expireAfterWrite(BELIEVED_FOR)
                .maximumSize(MOST_KEYS)
                .executor(blocking)
                .buildAsync(records::key);
        this.accounts = Caffeine.newBuilder()
                .expireAfterWrite(BELIEVED_FOR)
                .maximumSize(MOST_KEYS)
                .executor(blocking)
                .buildAsync(records::account);
    }

    /**
     * The sender, mostly at once.
     *
     * @param authorization the header, null where there is none
     * @param actingFor the header {@code ringpost-account}, null where there is none
     * @return fails with a {@link ProblemException}: 401, 403 for an account that isn't the key's, 404 for one that
     *     isn't there
     */
    CompletableFuture<Caller> caller(@Nullable String authorization, @Nullable String actingFor) {
        String key = bearer(authorization);
        if (key == null) {
            return failed(unauthorized("Send the header Authorization: Bearer KEY", CHALLENGE));
        }
        if (key.startsWith(PortalLinks.PREFIX)) {
            return withLink(key, actingFor);
        }
        return keys.get(KeyText.hash(key))
                .thenCompose(found -> found.isPresent()
                        ? actingFor(found.get(), actingFor)
                        : failed(unauthorized("This key is unknown or was revoked", CHALLENGE + INVALID)));
    }

    /** A link is as good as long as it has not ended, and both its account and the key that made it are there. */
    private CompletableFuture<Caller> withLink(String token, @Nullable String actingFor) {
        Problem ended = unauthorized(
                "This portal link is unknown, has ended, or the key that made it was revoked", CHALLENGE + INVALID);
        Optional<PortalLink> opened = links.open(token).filter(link -> !link.hasEnded(clock.instant()));
        if (opened.isEmpty()) {
            return failed(ended);
        }
        PortalLink link = opened.get();
        if (actingFor != null && !ids.parse(IdKind.ACCOUNT, actingFor).equals(Optional.of(link.account()))) {
            return failed(onlyOperators());
        }
        return keys.get(link.keyHash())
                .thenCombine(accounts.get(link.account()), (key, account) -> key.isPresent() && account.isPresent())
                .thenCompose(
                        good -> good ? CompletableFuture.completedFuture(new Caller.WithLink(link)) : failed(ended));
    }

    /**
     * Asks the store anew about every key and account: called after the commit that revokes a key or deletes an account,
     * which stop to work in this process at once. A question that is under way is not believed either.
     */
    public void forget() {
        keys.synchronous().invalidateAll();
        accounts.synchronous().invalidateAll();
        whenForgotten.forEach(Runnable::run);
    }

    /** Told whenever keys or accounts may be gone. */
    public void onForget(Runnable listener) {
        whenForgotten.add(listener);
    }

    /** Whether such a request would still be let in, mostly at once. Fails where the store can't be asked. */
    CompletableFuture<Boolean> knows(@Nullable String authorization, @Nullable String actingFor) {
        return caller(authorization, actingFor).handle((caller, failure) -> {
            if (failure == null) {
                return true;
            }
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof ProblemException) {
                return false;
            }
            throw new CompletionException(cause);
        });
    }

    /** Those of the accounts that are not there, mostly at once. */
    public CompletableFuture<Set<Long>> missing(Set<Long> wanted) {
        return accounts.getAll(wanted)
                .thenApply(found -> wanted.stream()
                        .filter(no -> found.getOrDefault(no, Optional.empty()).isEmpty())
                        .collect(Collectors.toSet()));
    }

    private CompletableFuture<Caller> actingFor(ApiKey key, @Nullable String id) {
        if (id == null) {
            return CompletableFuture.completedFuture(new Caller.WithKey(key, key.account()));
        }
        Optional<Long> account = ids.parse(IdKind.ACCOUNT, id);
        if (account.isPresent() && account.get() == key.account()) {
            return CompletableFuture.completedFuture(new Caller.WithKey(key, key.account()));
        }
        if (key.scope() != ApiKey.Scope.OPERATOR) {
            return failed(onlyOperators());
        }
        Problem unknown = Problem.notFound("There is no account as ringpost-account names");
        if (account.isEmpty()) {
            return failed(unknown);
        }
        return accounts.get(account.get())
                .thenCompose(found -> found.isPresent()
                        ? CompletableFuture.completedFuture(
                                new Caller.WithKey(key, found.get().no()))
                        : failed(unknown));
    }

    private static Problem onlyOperators() {
        return new Problem(ProblemType.SCOPE, "Only an operator key may act for another account with ringpost-account");
    }

    private static @Nullable String bearer(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        String key = authorization.substring(SCHEME.length()).strip();
        return key.isEmpty() || key.length() > PortalLinks.LONGEST ? null : key;
    }

    private static Problem unauthorized(String detail, String challenge) {
        return new Problem(ProblemType.UNAUTHORIZED, detail).withHeader("www-authenticate", challenge);
    }

    private static <T> CompletableFuture<T> failed(Problem problem) {
        return CompletableFuture.failedFuture(new ProblemException(problem));
    }
}
