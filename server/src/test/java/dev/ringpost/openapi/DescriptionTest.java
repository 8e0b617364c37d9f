package dev.ringpost.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import dev.ringpost.call.EventType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The description by itself: whole, and without contradictions. */
class DescriptionTest {
    private static final Description description = Description.load();
    private static final Schemas schemas = new Schemas(description);

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> lost = new ArrayList<>();
        for (Description.Place place : description.everywhere()) {
            String reference = place.node().path("$ref").asText();
            if (!reference.isEmpty()
                    && description.document().at(reference.substring(1)).isMissingNode()) {
                lost.add(reference);
            }
        }
        assertThat(lost).isEmpty();
    }

    @Test
    void everyComponentIsUsed() {
        Set<String> used = new TreeSet<>();
        description
                .everywhere()
                .forEach(place -> used.add(place.node().path("$ref").asText()));
        Set<String> unused = new TreeSet<>();
        for (String kind : List.of("parameters", "headers", "responses", "schemas", "examples")) {
            description
                    .document()
                    .at("/components/" + kind)
                    .fieldNames()
                    .forEachRemaining(name -> unused.add("#/components/" + kind + "/" + name));
        }
        unused.removeAll(used);
        assertThat(unused).isEmpty();
    }

    @Test
    void everySchemaIsOne() {
        var metaSchema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12));
        JsonNode components = description.document().at("/components/schemas");
        for (var schema : components.properties()) {
            assertThat(metaSchema.validate(schema.getValue().toString(), InputFormat.JSON))
                    .as(schema.getKey())
                    .isEmpty();
        }
    }

    @Test
    void everyOperationHasAnIdASummaryAndATag() {
        List<String> tags = description.document().path("tags").findValuesAsText("name");
        assertThat(description.operations())
                .extracting(Description.Operation::id)
                .doesNotHaveDuplicates();
        for (Description.Operation operation : description.operations()) {
            assertThat(operation.id()).as(operation.toString()).matches("[a-z][A-Za-z]+");
            assertThat(operation.node().path("summary").asText())
                    .as(operation.toString())
                    .isNotEmpty()
                    .doesNotEndWith(".");
            assertThat(tags).contains(operation.node().at("/tags/0").asText());
            assertThat(operation.scopes().isEmpty())
                    .as(operation + " names its scopes")
                    .isEqualTo(!operation.needsKey());
        }
    }

    @Test
    void everyExampleIsOneOfItsSchema() {
        int examples = 0;
        for (Description.Place place : description.everywhere()) {
            JsonNode media = place.node();
            if (media.has("schema") && media.has("examples")) {
                JsonPointer schema = place.pointer().appendProperty("schema");
                for (var example : media.path("examples").properties()) {
                    JsonPointer pointer =
                            place.pointer().appendProperty("examples").appendProperty(example.getKey());
                    JsonNode value = description.at(pointer).node().path("value");
                    assertThat(schemas.strictFaults(schema, value))
                            .as(pointer + " " + value)
                            .isEmpty();
                    examples++;
                }
            }
        }
        assertThat(examples).isGreaterThan(100);
    }

    @Test
    void everyEventIsAWebhook() {
        assertThat(description.document().path("webhooks").fieldNames())
                .toIterable()
                .containsExactlyElementsOf(Arrays.stream(EventType.values())
                        .map(EventType::wireName)
                        .toList());
    }
}
