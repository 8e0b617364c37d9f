package dev.ringpost.dashboard.layout;

/**
 * A state at a glance: a drawing, a word, and a colour that helps.
 *
 * @param tone {@code good}, {@code bad}, {@code warn} or {@code calm}
 * @param icon the name of its drawing in {@code icon.jte}
 */
public record Badge(String tone, String icon, String text) {
    public static Badge good(String text) {
        return new Badge("good", "ok", text);
    }

    public static Badge bad(String text) {
        return new Badge("bad", "failed", text);
    }

    public static Badge warn(String text) {
        return new Badge("warn", "warn", text);
    }

    public static Badge calm(String icon, String text) {
        return new Badge("calm", icon, text);
    }

    /** What became of an attempt or a delivery, by its {@code status}. */
    public static Badge ofDelivery(String status) {
        return switch (status) {
            case "succeeded" -> good("succeeded");
            case "failed" -> bad("failed");
            case "waiting" -> calm("wait", "waiting");
            default -> calm("off", status);
        };
    }

    /** What a waiting delivery waits for, by its {@code held_by}. */
    public static Badge ofHold(String heldBy) {
        return switch (heldBy) {
            case "schedule" -> calm("wait", "its schedule");
            case "breaker" -> new Badge("bad", "off", "the breaker");
            case "order" -> calm("deliveries", "an earlier event");
            case "rate" -> calm("wait", "its turn");
            case "inactive" -> new Badge("warn", "paused", "the pause");
            default -> calm("wait", heldBy);
        };
    }
}
