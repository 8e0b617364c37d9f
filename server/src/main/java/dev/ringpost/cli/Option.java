package dev.ringpost.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be set: as a flag, as an environment variable or as a key of the properties file.
 *
 * @param name the flag without its dashes, and the key in the file
 * @param defaultText what holds where nobody sets it; null: nothing
 * @param help what it is for, in one or two lines
 */
record Option<T>(String name, OptionType<T> type, @Nullable String defaultText, String help) {
    String flag() {
        return "--" + name;
    }

    String environmentVariable() {
        return "RINGPOST_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** The same option with another default, for a command that needs one. */
    Option<T> withDefault(String text) {
        return new Option<>(name, type, text, help);
    }

    /** The value that a text means. The source names where the text was found. */
    T parse(String text, String source) {
        return type.parse().apply(text).orElseThrow(() -> {
            String given = type.secret() ? "the value given" : "\"" + text + "\"";
            return new BadSetting(source + ": " + given + " is not " + type.expected());
        });
    }
}
