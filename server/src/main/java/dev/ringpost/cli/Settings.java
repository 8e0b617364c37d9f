package dev.ringpost.cli;

import dev.ringpost.webhook.DefaultName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What holds for a run: each option's text and where it was found, checked. Immutable. */
final class Settings {
    private static final String DEFAULT = "default";

    private final List<Setting> settings;

    private Settings(List<Setting> settings) {
        this.settings = List.copyOf(settings);
    }

    /**
     * Finds what holds for each option: flag before environment before file before default.
     *
     * @throws BadSetting for the first value that is not what its option expects
     */
    static Settings resolve(
            List<Option<?>> options, Map<String, String> flags, Map<String, String> environment, ConfigFile file) {
        List<Setting> settings = new ArrayList<>();
        for (Option<?> option : options) {
            Setting setting = find(option, flags, environment, file);
            if (setting.text != null) {
                option.parse(setting.text, setting.source);
            }
            settings.add(setting);
        }
        return new Settings(settings);
    }

    /** What holds where nobody sets anything. */
    static Settings defaults(List<Option<?>> options) {
        return resolve(options, Map.of(), Map.of(), ConfigFile.NONE);
    }

    private static Setting find(
            Option<?> option, Map<String, String> flags, Map<String, String> environment, ConfigFile file) {
        String flag = flags.get(option.name());
        if (flag != null) {
            return new Setting(option, flag, option.flag());
        }
        String variable = environment.get(option.environmentVariable());
        if (variable != null) {
            return new Setting(option, variable, option.environmentVariable());
        }
        String key = file.values().get(option.name());
        if (key != null) {
            return new Setting(option, key, file.name() + ", " + option.name());
        }
        return new Setting(option, option.defaultText(), DEFAULT);
    }

    /** The value of an option that has a default. */
    <T> T get(Option<T> option) {
        return find(option).orElseThrow(() -> new IllegalStateException(option.flag() + " has no value"));
    }

    /** The value of an option; empty where nobody set it and it has no default. */
    <T> Optional<T> find(Option<T> option) {
        for (Setting setting : settings) {
            if (setting.option.name().equals(option.name()) && setting.text != null) {
                return Optional.of(option.parse(setting.text, setting.source));
            }
        }
        return Optional.empty();
    }

    /** The same with all of {@code others} in place of what was set before. */
    Settings with(Settings others) {
        Settings changed = this;
        for (Setting other : others.settings) {
            if (other.text != null) {
                changed = changed.with(other.option, other.text, other.source);
            }
        }
        return changed;
    }

    /** The same with one option set to another text, whoever set it before. */
    Settings with(Option<?> option, String text, String source) {
        option.parse(text, source);
        List<Setting> changed = new ArrayList<>(settings);
        changed.removeIf(setting -> setting.option.name().equals(option.name()));
        changed.add(new Setting(option, text, source));
        return new Settings(changed);
    }

    List<Setting> all() {
        return settings;
    }

    /**
     * One option's text and where it was found.
     *
     * @param text null where nobody set it and it has no default
     */
    record Setting(Option<?> option, @Nullable String text, String source) {
        /** Nobody set it. */
        boolean isDefault() {
            return source.equals(DEFAULT);
        }

        /** The text for people to read: a secret is masked. */
        String shown() {
            if (text == null) {
                return "-";
            }
            return option.type().secret() ? "********" : text;
        }

        /** The text for the log: of a URL only the host, because the rest may hold tokens and passwords. */
        String logged() {
            return text != null && text.contains("://")
                    ? DefaultName.of(text.replaceFirst("//[^/?#]*@", "//"))
                    : shown();
        }
    }
}
