package dev.ringpost.cli;

import dev.ringpost.account.KeyDesk;
import dev.ringpost.clock.Clocks;
import dev.ringpost.commit.GroupCommit;
import dev.ringpost.commit.StoreUnavailable;
import dev.ringpost.id.NumberSource;
import dev.ringpost.id.PublicIds;
import dev.ringpost.intake.Intake;
import dev.ringpost.metrics.ServerMetrics;
import dev.ringpost.secret.BadMasterKey;
import dev.ringpost.secret.MasterKey;
import dev.ringpost.secret.SealedTokens;
import dev.ringpost.sqlite.DataFolderInUse;
import dev.ringpost.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** Ringpost on SQLite. */
final class SqliteAssembly implements Assembly {
    private final InstantSource wall;
    private final LongSupplier nanos;
    private final Map<String, String> environment;

    /**
     * @param wall the machine's clock
     * @param nanos the time that passes, as {@link System#nanoTime}
     */
    SqliteAssembly(InstantSource wall, LongSupplier nanos, Map<String, String> environment) {
        this.wall = wall;
        this.nanos = nanos;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public RunningServer start(Settings settings) {
        // Each takes a good part of the time of a start, and neither needs the other.
        CompletableFuture<ServerMetrics> metrics = CompletableFuture.supplyAsync(() -> new ServerMetrics(Version.TEXT));
        Clocks clocks = Clocks.of(wall, nanos);
        OpenStore opened;
        try {
            opened = openStore(settings.get(Options.DATA), clocks);
        } catch (StartFailure e) {
            metrics.join().close();
            throw e;
        }
        return SqliteServer.start(opened.store(), opened.ids(), opened.tokens(), metrics.join(), settings, clocks);
    }

    @Override
    public OpenDesk open(Path data) {
        if (!Files.isDirectory(data)) {
            throw new StartFailure(
                    "there is no data folder " + data + "; name one with --data, or start the server once");
        }
        Clocks clocks = Clocks.of(wall, nanos);
        OpenStore opened = openStore(data, clocks);
        SqliteStore store = opened.store();
        Intake.Settings noCalls = new Intake.Settings(Duration.ZERO, Duration.ofHours(1), false);
        Intake intake = new Intake(store.numbers(), opened.ids(), clocks.stamps(), noCalls);
        GroupCommit journal = new GroupCommit(
                store.writeSide(), SqliteServer.folding(intake), committed -> {}, Runnable::run, clocks.steady());
        KeyDesk desk = new KeyDesk(store.records(), journal, store.numbers(), opened.ids(), clocks.stamps());
        return new OpenDesk(desk, () -> {
            journal.close();
            store.close();
        });
    }

    private OpenStore openStore(Path data, Clocks clocks) {
        try {
            Files.createDirectories(data);
            MasterKey masterKey = MasterKey.open(data, environment.get("RINGPOST_MASTER_KEY"));
            SqliteStore store = SqliteStore.open(data, masterKey, clocks.stamps());
            // The machine's clock may have been set back since: what is due is due by the time that it was.
            clocks.steady().notBefore(NumberSource.timeOf(store.numbers().last()));
            return new OpenStore(store, masterKey.publicIds(), masterKey.sealedTokens());
        } catch (DataFolderInUse e) {
            throw new StartFailure(
                    e.getMessage() + " Keys and accounts of a running server are managed through its HTTP API"
                            + " (/v1/accounts).",
                    e);
        } catch (BadMasterKey | StoreUnavailable e) {
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new StartFailure("cannot make the data folder " + data + ": " + e.getMessage(), e);
        }
    }

    private record OpenStore(SqliteStore store, PublicIds ids, SealedTokens tokens) {}
}
