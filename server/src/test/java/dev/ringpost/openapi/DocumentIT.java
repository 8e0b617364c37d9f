package dev.ringpost.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Somebody else's program finds that the description is OpenAPI 3.1. */
class DocumentIT {
    @Test
    void isValid() {
        Path document = Path.of("src", "main", "resources", "openapi.yaml").toAbsolutePath();
        String output = Tool.python(
                Tool.SOURCES,
                Map.of("PYTHONPATH", Tool.pythonPath()),
                Duration.ofMinutes(2),
                List.of("-m", "openapi_spec_validator", "--schema", "3.1", document.toString()));
        assertThat(output).endsWith(": OK\n");
    }
}
