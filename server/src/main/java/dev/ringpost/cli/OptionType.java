package dev.ringpost.cli;

import dev.ringpost.sender.TargetPolicy;
import dev.ringpost.sender.TargetUrl;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the text of an option becomes its value.
 *
 * @param placeholder stands for the value in the usage text
 * @param expected completes the sentence "... is not ..."
 * @param parse empty where the text is not what is expected
 * @param secret its text is never shown
 */
record OptionType<T>(String placeholder, String expected, Function<String, Optional<T>> parse, boolean secret) {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)|0");
    private static final Pattern ORIGIN = Pattern.compile("(?!https://.*:443$|http://.*:80$)"
            + "https?://([0-9a-z._-]{1,253}|\\[[0-9a-f:.]{2,45}])(:[1-9][0-9]{0,4})?");

    private OptionType(String placeholder, String expected, Function<String, Optional<T>> parse) {
        this(placeholder, expected, parse, false);
    }

    static OptionType<Integer> wholeNumber(int min, int max) {
        return new OptionType<>("N", "a whole number from " + min + " to " + max, text -> {
            try {
                int value = Integer.parseInt(text);
                return value < min || value > max ? Optional.empty() : Optional.of(value);
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    /** The bounds are written as they are shown. */
    static OptionType<Double> number(String min, String max) {
        return new OptionType<>("X", "a number from " + min + " to " + max, text -> {
            try {
                BigDecimal value = new BigDecimal(text);
                boolean within = value.compareTo(new BigDecimal(min)) >= 0 && value.compareTo(new BigDecimal(max)) <= 0;
                return within ? Optional.of(value.doubleValue()) : Optional.empty();
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    /** The bounds are written as they are shown. */
    static OptionType<Duration> duration(String min, String max) {
        Duration least = parseDuration(min).orElseThrow();
        Duration most = parseDuration(max).orElseThrow();
        return new OptionType<>(
                "TIME",
                "a time from " + min + " to " + max + " such as 500ms, 10s, 5m, 6h or 30d",
                text -> parseDuration(text).filter(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0));
    }

    static OptionType<Boolean> yesOrNo() {
        return new OptionType<>("true|false", "true or false", text -> switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    static OptionType<Path> path() {
        return new OptionType<>("PATH", "a path", text -> {
            try {
                return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
        });
    }

    /** A host name or an address. */
    static OptionType<String> host() {
        Pattern allowed = Pattern.compile("[0-9A-Za-z._:%-]{1,253}");
        return new OptionType<>(
                "HOST",
                "a host name or an address",
                text -> allowed.matcher(text).matches() ? Optional.of(text) : Optional.empty());
    }

    /** Origins as browsers send them (RFC 6454, section 6.2): in lower case, and without the scheme's own port. */
    static OptionType<Set<String>> origins() {
        return new OptionType<>(
                "ORIGINS",
                "a list of origins as browsers send them, such as https://app.example.com,http://localhost:3000, or *",
                text -> {
                    Set<String> origins = new LinkedHashSet<>();
                    for (String part : text.split(",", -1)) {
                        origins.add(part.strip());
                    }
                    boolean any = origins.equals(Set.of("*"));
                    return any || origins.stream().allMatch(ORIGIN.asMatchPredicate())
                            ? Optional.of(origins)
                            : Optional.empty();
                });
    }

    static OptionType<String> origin() {
        return new OptionType<>(
                "ORIGIN",
                "an origin as browsers send it, such as https://hooks.example.com",
                text -> Optional.of(text).filter(ORIGIN.asMatchPredicate()));
    }

    /** One of an enum's constants, in lower case. */
    static <E extends Enum<E>> OptionType<E> oneOf(Class<E> type) {
        E[] constants = type.getEnumConstants();
        String names = Arrays.stream(constants).map(OptionType::nameOf).collect(Collectors.joining("|"));
        return new OptionType<>(
                names,
                "one of " + names.replace("|", ", "),
                text -> Arrays.stream(constants)
                        .filter(constant -> nameOf(constant).equals(text))
                        .findFirst());
    }

    static OptionType<CallEngineChoice> callEngine() {
        return new OptionType<>(
                "none|simulator|URL", "none, simulator, or an http or https URL without user", CallEngineChoice::parse);
    }

    /** It is the operator who names it, and it may well stand beside the server: every address is allowed, and http. */
    static OptionType<String> operatorUrl() {
        TargetPolicy any = new TargetPolicy(true, true);
        return new OptionType<>(
                "URL",
                "an http or https URL without user",
                text -> TargetUrl.check(text, any).faults().isEmpty() ? Optional.of(text) : Optional.empty());
    }

    /** A text that is never shown. */
    static OptionType<String> secret(String expected, Pattern pattern) {
        return new OptionType<>(
                "SECRET",
                expected,
                text -> pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty(),
                true);
    }

    static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Duration> parseDuration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        if (matcher.group(1) == null) {
            return Optional.of(Duration.ZERO);
        }
        long amount = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                });
    }
}
