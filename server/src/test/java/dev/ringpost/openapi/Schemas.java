package dev.ringpost.openapi;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The description's schemas (JSON Schema 2020-12), with formats checked. The strict ones also refuse fields that the
 * description does not have: clients must ignore such fields, but a server that sends them was changed without it.
 */
final class Schemas {
    private static final String OPEN = "https://ringpost.dev/openapi/open";
    private static final String STRICT = "https://ringpost.dev/openapi/strict";
    /** Where a schema is used as a whole, and not as a part of another one. */
    private static final Set<String> USES = Set.of("schema", "items", "additionalProperties");

    private static final Set<String> USES_INSIDE = Set.of("properties", "oneOf");

    private final Description description;
    private final SchemaRegistry registry;

    Schemas(Description description) {
        this.description = description;
        JsonNode strict = description.document().deepCopy();
        closeAll(strict);
        Map<String, String> documents = Map.of(OPEN, description.document().toString(), STRICT, strict.toString());
        registry = SchemaRegistry.withDefaultDialect(
                Dialects.getOpenApi31(),
                builder -> builder.schemas(documents)
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
    }

    /** What is wrong with a value; empty where nothing is. */
    List<String> faults(JsonPointer schema, JsonNode value) {
        return faults(OPEN, schema, value);
    }

    /** The same, with each field that the description does not have. */
    List<String> strictFaults(JsonPointer schema, JsonNode value) {
        return faults(STRICT, schema, value);
    }

    private List<String> faults(String document, JsonPointer schema, JsonNode value) {
        return registry
                .getSchema(SchemaLocation.of(document + "#" + schema))
                .validate(value.toString(), InputFormat.JSON)
                .stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    /** Closes each schema where it is used, so that schemas which others are made of stay open. */
    private void closeAll(JsonNode strict) {
        for (Description.Place place : description.everywhere()) {
            if (isUse(place.pointer())
                    && namesFields(place)
                    && strict.at(place.pointer()) instanceof ObjectNode schema) {
                schema.put("unevaluatedProperties", false);
            }
        }
    }

    private static boolean isUse(JsonPointer pointer) {
        if (pointer.matches()) {
            return false;
        }
        String last = pointer.last().getMatchingProperty();
        String parent = pointer.head().matches() ? "" : pointer.head().last().getMatchingProperty();
        return USES.contains(last) || USES_INSIDE.contains(parent);
    }

    /** True where it, or a part of it, says what its fields are, and not what else there may be. */
    private boolean namesFields(Description.Place place) {
        Description.Place schema = description.at(place.pointer());
        if (schema.node().has("additionalProperties")) {
            return false;
        }
        if (schema.node().has("properties")) {
            return true;
        }
        JsonPointer parts = schema.pointer().appendProperty("allOf");
        for (int i = 0; i < schema.node().path("allOf").size(); i++) {
            if (namesFields(description.at(parts.appendIndex(i)))) {
                return true;
            }
        }
        return false;
    }
}
