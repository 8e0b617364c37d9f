package dev.ringpost.dashboard.page;

/** Times between forms and the API: a browser's field for date and time knows no zone, and is taken as UTC. */
public final class FormTimes {
    private FormTimes() {}

    /** What the API takes; a text that is no such time stays as it is, for the API to refuse. */
    public static String time(String field) {
        return switch (field.length()) {
            case 10 -> field + "T00:00:00Z";
            case 16 -> field + ":00Z";
            case 19 -> field + "Z";
            default -> field;
        };
    }

    /** What the field shows. */
    public static String field(String time) {
        return time.replaceFirst("(:\\d\\d(\\.\\d+)?)?Z$", "");
    }
}
