package dev.ringpost.cli;

import dev.ringpost.account.KeyDesk;
import dev.ringpost.commit.GroupCommit;
import dev.ringpost.commit.StoreUnavailable;
import dev.ringpost.id.PublicIds;
import dev.ringpost.intake.Intake;
import dev.ringpost.metrics.ServerMetrics;
import dev.ringpost.secret.BadMasterKey;
import dev.ringpost.secret.MasterKey;
import dev.ringpost.sqlite.DataFolderInUse;
import dev.ringpost.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Ringpost on SQLite. */
final class SqliteAssembly implements Assembly {
    private final InstantSource clock;
    private final Map<String, String> environment;

    SqliteAssembly(InstantSource clock, Map<String, String> environment) {
        this.clock = clock;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public RunningServer start(Settings settings) {
        // Each takes a good part of the time of a start, and neither needs the other.
        CompletableFuture<ServerMetrics> metrics = CompletableFuture.supplyAsync(() -> new ServerMetrics(Version.TEXT));
        OpenStore opened;
        try {
            opened = openStore(settings.get(Options.DATA));
        } catch (StartFailure e) {
            metrics.join().close();
            throw e;
        }
        return SqliteServer.start(opened.store(), opened.ids(), metrics.join(), settings, clock);
    }

    @Override
    public OpenDesk open(Path data) {
        if (!Files.isDirectory(data)) {
            throw new StartFailure(
                    "there is no data folder " + data + "; name one with --data, or start the server once");
        }
        OpenStore opened = openStore(data);
        SqliteStore store = opened.store();
        Intake.Settings noCalls = new Intake.Settings(Duration.ZERO, Duration.ofHours(1), false);
        Intake intake = new Intake(store.numbers(), opened.ids(), clock, noCalls);
        GroupCommit journal =
                new GroupCommit(store.writeSide(), SqliteServer.folding(intake), committed -> {}, Runnable::run, clock);
        KeyDesk desk = new KeyDesk(store.records(), journal, store.numbers(), opened.ids(), clock);
        return new OpenDesk(desk, () -> {
            journal.close();
            store.close();
        });
    }

    private OpenStore openStore(Path data) {
        try {
            Files.createDirectories(data);
            MasterKey masterKey = MasterKey.open(data, environment.get("RINGPOST_MASTER_KEY"));
            return new OpenStore(SqliteStore.open(data, masterKey, clock), masterKey.publicIds());
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

    private record OpenStore(SqliteStore store, PublicIds ids) {}
}
