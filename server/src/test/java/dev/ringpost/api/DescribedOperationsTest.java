package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.api.http.Operation;
import dev.ringpost.openapi.Description;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the server's table of operations has, openapi.yaml describes, and the other way round. */
class DescribedOperationsTest {
    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    @Test
    void tableAndDescriptionAreTheSame() {
        List<String> served = rig.operations().stream()
                .map(Operation::toString)
                .map(operation -> operation.replaceAll(":(\\w+)", "{$1}"))
                .toList();
        List<String> described = Description.load().operations().stream()
                .map(Description.Operation::toString)
                .toList();
        assertThat(described).containsExactlyInAnyOrderElementsOf(served);
    }
}
