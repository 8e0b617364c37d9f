package dev.ringpost.dashboard.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** An event of GET /v1/calls/{id}/events. */
record Event(String id, String event, int sequence, String createdAt, JsonNode payload) {
    record Events(List<Event> items) {}
}
