package dev.ringpost.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The statements of docs/verifying.md by which an event is worked off once. */
class DoItOnceTest {
    @Test
    void anIdIsTakenOnce() throws Exception {
        Map<String, String> code =
                CodeBlocks.of(Path.of("..", "docs", "verifying.md")).byFile();
        try (Connection database = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            database.createStatement().execute(code.getOrDefault("sql/table.sql", ""));
            try (PreparedStatement once = database.prepareStatement(code.getOrDefault("sql/once.sql", ""))) {
                once.setString(1, "evt_1");
                assertThat(once.executeUpdate()).isOne();
                assertThat(once.executeUpdate()).isZero();
                once.setString(1, "evt_2");
                assertThat(once.executeUpdate()).isOne();
            }
        }
    }
}
