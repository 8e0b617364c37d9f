package dev.ringpost.sqlite;

import java.io.Serial;
import java.nio.file.Path;

/** Another server runs on the data folder. */
public final class DataFolderInUse extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    DataFolderInUse(Path folder) {
        super("Another Ringpost server is running on the data folder " + folder.toAbsolutePath()
                + ". Stop it, or give this one a folder of its own with --data.");
    }
}
