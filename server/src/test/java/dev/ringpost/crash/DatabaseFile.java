package dev.ringpost.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The file that a server has left. */
final class DatabaseFile {
    private DatabaseFile() {}

    static void assertIntact(Path data) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("ringpost.db"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("pragma integrity_check")) {
            assertThat(row.getString(1)).isEqualTo("ok");
        }
    }
}
