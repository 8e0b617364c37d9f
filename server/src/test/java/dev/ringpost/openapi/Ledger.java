package dev.ringpost.openapi;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** What was seen of a description, and what of it is left. */
final class Ledger {
    private final Description description;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    /** By the place of an answer or a payload in the description: one of each shape that it had. */
    private final Map<JsonPointer, Map<String, JsonNode>> real = new ConcurrentHashMap<>();

    Ledger(Description description) {
        this.description = description;
    }

    void add(Exchange exchange) {
        seen.add(exchange.operation() + " " + exchange.status()
                + (exchange.isProblem() ? " " + exchange.problem() : ""));
        add(exchange.answer(), exchange.json());
    }

    /** @param place of an answer or a payload, whose examples it is to be compared with */
    void add(JsonPointer place, JsonNode json) {
        real.computeIfAbsent(place, none -> new ConcurrentHashMap<>()).put(Shape.of(json), json);
    }

    /** Answers and problems that the description has and nobody saw. */
    Set<String> unseen() {
        Set<String> unseen = new TreeSet<>();
        for (Description.Operation operation : description.operations()) {
            for (Map.Entry<String, JsonNode> status :
                    operation.node().path("responses").properties()) {
                unseen.addAll(answers(operation, status.getKey()));
            }
        }
        unseen.removeAll(seen);
        return unseen;
    }

    private List<String> answers(Description.Operation operation, String status) {
        String name = operation + " " + status;
        List<String> answers = new ArrayList<>();
        description
                .at(operation.pointer(), "responses", status, "content", "application/problem+json", "examples")
                .node()
                .fieldNames()
                .forEachRemaining(problem -> answers.add(name + " " + problem));
        return answers.isEmpty() ? List.of(name) : answers;
    }

    /** Examples that nothing seen is like. */
    Map<JsonPointer, JsonNode> inventedExamples() {
        Map<JsonPointer, JsonNode> invented = new HashMap<>();
        real.forEach((place, seenThere) -> {
            for (Map.Entry<String, JsonNode> media :
                    description.at(place, "content").node().properties()) {
                JsonPointer examples = description
                        .at(place, "content", media.getKey(), "examples")
                        .pointer();
                for (String name : names(description.at(examples).node())) {
                    JsonNode example = description.at(examples, name, "value").node();
                    if (seenThere.values().stream().noneMatch(answer -> Shape.isLike(answer, example))) {
                        invented.put(examples.appendProperty(name), example);
                    }
                }
            }
        });
        return invented;
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
