package dev.ringpost.cli;

import dev.ringpost.running.Api;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.LongSupplier;

/** A whole server in this process, on a free port, that may deliver to this machine. */
public final class LiveServer implements AutoCloseable {
    public static final String KEY = "rp_sk_livelivelivelivelivelive";

    private final RunningServer server;

    public LiveServer(Path data) {
        this(data, 0);
    }

    /** @param port 0: a free one */
    LiveServer(Path data, int port) {
        this(data, port, InstantSource.system(), System::nanoTime);
    }

    /**
     * One on a free port that goes by other clocks.
     *
     * @param wall the machine's
     * @param nanos the time that passes, as {@link System#nanoTime}
     */
    public LiveServer(Path data, InstantSource wall, LongSupplier nanos) {
        this(data, 0, wall, nanos);
    }

    private LiveServer(Path data, int port, InstantSource wall, LongSupplier nanos) {
        Settings settings = Settings.defaults(Options.ALL)
                .with(Options.PORT, Integer.toString(port), "test")
                .with(Options.DATA, data.toString(), "test")
                .with(Options.ALLOW_PRIVATE_TARGETS, "true", "test")
                .with(Options.BOOTSTRAP_KEY, KEY, "test");
        this.server = new SqliteAssembly(wall, nanos, Map.of()).start(settings);
    }

    public Api api() {
        return new Api(server.url(), KEY);
    }

    @Override
    public void close() {
        server.stop();
    }
}
