package dev.ringpost.sqlite;

import dev.ringpost.commit.StoreUnavailable;
import dev.ringpost.commit.WriteAheadLog;
import dev.ringpost.commit.WriteSide;
import dev.ringpost.id.NumberSource;
import dev.ringpost.secret.MasterKey;
import dev.ringpost.store.Backlog;
import dev.ringpost.store.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * The store in one SQLite file of the data folder, for one server. Every commit is synced to the disk. Close the journal
 * that writes to it first, then this.
 */
public final class SqliteStore implements AutoCloseable {
    private static final String FILE = "ringpost.db";
    private static final int NODE = 0;
    private static final int READERS = 2;

    /** The first three must come before the first table is made. */
    private static final List<String> WRITER_PRAGMAS = List.of(
            "busy_timeout = 5000",
            "auto_vacuum = incremental",
            "journal_mode = wal",
            "synchronous = full",
            "wal_autocheckpoint = 0",
            "secure_delete = fast",
            "journal_size_limit = 67108864",
            "cache_size = -8192",
            "temp_store = memory");

    private final FolderLock lock;
    private final Path file;
    private final Database writer;
    private final DatabaseFile databaseFile;
    private final Checkpointer checkpointer;
    private final Readers readers;
    private final Readers backlogReader;
    private final NumberSource numbers;
    private final SqliteWriteSide writeSide;
    private final Sealing sealing;
    private final MovedIds movedIds;
    private final ExternalIds externalIds;

    private SqliteStore(
            FolderLock lock, Database writer, Path file, Sealing sealing, InstantSource clock, int mostNotIndexed) {
        this.lock = lock;
        this.file = file;
        this.writer = writer;
        this.sealing = sealing;
        this.databaseFile = new DatabaseFile(file);
        this.checkpointer = new Checkpointer(file, databaseFile, clock);
        this.readers = new Readers(file, "reader-", READERS);
        this.backlogReader = new Readers(file, "backlog-reader-", 1);
        this.numbers = new NumberSource(clock, NODE, highestNumber(writer));
        this.movedIds = new MovedIds(file);
        this.externalIds = new ExternalIds(writer, sealing.names(), movedIds);
        LateIndexes indexes = new LateIndexes(writer, clock, mostNotIndexed);
        this.writeSide = new SqliteWriteSide(
                writer,
                new SqliteTransaction(writer, sealing, externalIds, indexes, numbers, clock),
                indexes,
                checkpointer);
    }

    /**
     * Opens the store; makes the folder and the database where they are missing.
     *
     * @param clock for the numbers that the store gives
     * @throws DataFolderInUse if another server runs on the folder
     * @throws dev.ringpost.secret.BadMasterKey if the database was made with another master key
     * @throws StoreUnavailable if the folder can't be used
     */
    public static SqliteStore open(Path dataFolder, MasterKey masterKey, InstantSource clock) {
        return open(dataFolder, masterKey, clock, LateIndexes.ROWS);
    }

    /** @param mostNotIndexed see {@link LateIndexes} */
    static SqliteStore open(Path dataFolder, MasterKey masterKey, InstantSource clock, int mostNotIndexed) {
        makeFolder(dataFolder);
        FolderLock lock = FolderLock.take(dataFolder);
        try {
            Path file = dataFolder.resolve(FILE);
            Database writer = Database.open(file, WRITER_PRAGMAS);
            try {
                Sealing sealing = Sealing.of(masterKey);
                Schema.migrate(file);
                Schema.checkMasterKey(writer, file, sealing.box());
                // What a run before this one erased and could not cut off any more.
                writer.execute("pragma wal_checkpoint(truncate)");
                writer.controlTransactions();
                return new SqliteStore(lock, writer, file, sealing, clock, mostNotIndexed);
            } catch (RuntimeException e) {
                writer.close();
                throw e;
            }
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** For the one writer thread. */
    public WriteSide writeSide() {
        return writeSide;
    }

    /** Its methods block; call them from virtual threads. */
    public Records records() {
        return new SqliteRecords(readers, sealing, externalIds);
    }

    /** Has a connection and a thread of its own. Its methods block. */
    public Backlog backlog() {
        return new SqliteBacklog(backlogReader, sealing);
    }

    public WriteAheadLog writeAheadLog() {
        return checkpointer::traceless;
    }

    /** Numbers greater than all that the database holds, for everything that is to be stored in it. */
    public NumberSource numbers() {
        return numbers;
    }

    /** How long the database's file is. */
    public long databaseBytes() {
        return file.toFile().length();
    }

    /** How long the write-ahead log is, moved parts included. */
    public long logBytes() {
        return checkpointer.logBytes();
    }

    @Override
    public void close() {
        readers.close();
        backlogReader.close();
        movedIds.close();
        checkpointer.close();
        writer.close();
        databaseFile.close();
        lock.close();
    }

    MovedIds movedIds() {
        return movedIds;
    }

    Database writer() {
        return writer;
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StoreUnavailable(
                    "Can't make the data folder " + folder + ": " + e.getMessage() + ". Choose another with --data.",
                    e);
        }
    }

    private static long highestNumber(Database database) {
        return database.first(
                        "select max(coalesce((select max(no) from accounts), 0),"
                                + " coalesce((select max(no) from api_keys), 0),"
                                + " coalesce((select max(no) from endpoints), 0),"
                                + " coalesce((select max(no) from call_keys), 0),"
                                + " coalesce((select max(no) from events), 0),"
                                + " coalesce((select max(no) from sweeps), 0),"
                                + " coalesce((select max(no) from replays), 0),"
                                + " coalesce((select max(no) from answers), 0),"
                                // Of attempts those that are not recent have smaller numbers than this.
                                + " coalesce((select max(no) from recent_attempts), 0), " + LateIndexes.UPTO + ")",
                        row -> row.number(1))
                .orElse(0L);
    }
}
