package dev.ringpost.openapi;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The openapi.yaml that the server serves, to look things up in. */
public final class Description {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final Pattern SCOPES = Pattern.compile("Scopes: (.*)\\.");

    private final JsonNode document;
    private final List<Operation> operations;

    private Description(JsonNode document) {
        this.document = document;
        this.operations = operations(document);
    }

    public static Description load() {
        try (InputStream yaml = Description.class.getResourceAsStream("/openapi.yaml")) {
            return new Description(new YAMLMapper().readTree(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException("openapi.yaml can't be read", e);
        }
    }

    /**
     * What a client can ask for.
     *
     * @param pointer where it is in the document
     */
    public record Operation(String id, String method, String path, JsonPointer pointer, JsonNode node) {
        /** As the contract writes it, such as {@code GET /v1/calls/{id}}. */
        @Override
        public String toString() {
            return method + " " + path;
        }

        boolean needsKey() {
            return !node.has("security");
        }

        /** The scopes that may use it, as the description's words have them. */
        List<String> scopes() {
            Matcher words = SCOPES.matcher(node.path("description").asText());
            return words.find() ? List.of(words.group(1).split(", ")) : List.of();
        }

        boolean takesBody() {
            return node.has("requestBody");
        }
    }

    public List<Operation> operations() {
        return operations;
    }

    Operation operation(String id) {
        return operations.stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("openapi.yaml has no operation " + id));
    }

    JsonNode document() {
        return document;
    }

    /** What is there, behind its reference where it is one. */
    Place at(JsonPointer pointer) {
        JsonNode node = document.at(pointer);
        String reference = node.path("$ref").asText();
        return reference.isEmpty() ? new Place(pointer, node) : at(JsonPointer.compile(reference.substring(1)));
    }

    /** A part of the document. */
    record Place(JsonPointer pointer, JsonNode node) {}

    Place at(JsonPointer pointer, String... steps) {
        Place place = at(pointer);
        for (String step : steps) {
            place = at(place.pointer().appendProperty(step));
        }
        return place;
    }

    /** Those of the path and those of the operation. */
    List<Place> parameters(Operation operation) {
        List<Place> parameters = new ArrayList<>();
        for (JsonPointer list : List.of(
                operation.pointer().head().appendProperty("parameters"),
                operation.pointer().appendProperty("parameters"))) {
            for (int i = 0; i < document.at(list).size(); i++) {
                parameters.add(at(list.appendIndex(i)));
            }
        }
        return parameters;
    }

    private static List<Operation> operations(JsonNode document) {
        List<Operation> operations = new ArrayList<>();
        JsonPointer paths = JsonPointer.compile("/paths");
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> entry : path.getValue().properties()) {
                if (METHODS.contains(entry.getKey())) {
                    operations.add(new Operation(
                            entry.getValue().path("operationId").asText(),
                            entry.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            paths.appendProperty(path.getKey()).appendProperty(entry.getKey()),
                            entry.getValue()));
                }
            }
        }
        return List.copyOf(operations);
    }

    /** Every node of the document with its place, the root first. */
    List<Place> everywhere() {
        List<Place> places = new ArrayList<>();
        collect(new Place(JsonPointer.empty(), document), places);
        return places;
    }

    private static void collect(Place place, List<Place> places) {
        places.add(place);
        for (Map.Entry<String, JsonNode> field : place.node().properties()) {
            collect(new Place(place.pointer().appendProperty(field.getKey()), field.getValue()), places);
        }
        if (place.node().isArray()) {
            for (int i = 0; i < place.node().size(); i++) {
                collect(new Place(place.pointer().appendIndex(i), place.node().get(i)), places);
            }
        }
    }
}
