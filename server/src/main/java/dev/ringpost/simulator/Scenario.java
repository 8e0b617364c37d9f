package dev.ringpost.simulator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ringpost.call.CallSpec;
import dev.ringpost.call.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;

/** How a simulated call goes. */
public enum Scenario {
    /** A caller books an appointment. About 40 s. */
    NORMAL,
    /** It rings for 25 s and nobody takes it. */
    NO_ANSWER,
    /** A machine takes it and the agent leaves a message. About 20 s. */
    VOICEMAIL,
    /** The carrier refuses it after 2 s. */
    FAILING,
    /** An appointment with many questions. About 3 minutes. */
    LONG;

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * The one that the call's metadata name as {@code scenario}, else the one its number's last digit stands for: 1
     * no_answer, 2 voicemail, 3 failing, 4 long, anything else normal.
     */
    public static Scenario of(CallSpec spec) {
        return named(spec.metadata()).orElseGet(() -> byNumber(spec.toNumber() == null ? "" : spec.toNumber()));
    }

    private static Scenario byNumber(String number) {
        if (number.isEmpty()) {
            return NORMAL;
        }
        return switch (number.charAt(number.length() - 1)) {
            case '1' -> NO_ANSWER;
            case '2' -> VOICEMAIL;
            case '3' -> FAILING;
            case '4' -> LONG;
            default -> NORMAL;
        };
    }

    private static Optional<Scenario> named(Json metadata) {
        try (JsonParser parser = JSON.createParser(metadata.text())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("scenario") && value == JsonToken.VALUE_STRING) {
                    return ofName(parser.getText());
                }
                parser.skipChildren();
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("a call's metadata is not JSON, though it was checked", e);
        }
    }

    private static Optional<Scenario> ofName(String name) {
        for (Scenario scenario : values()) {
            if (scenario.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(scenario);
            }
        }
        return Optional.empty();
    }
}
