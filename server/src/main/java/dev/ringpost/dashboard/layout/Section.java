package dev.ringpost.dashboard.layout;

/** An entry of the navigation. */
public enum Section {
    OVERVIEW("Overview", "/", "overview"),
    WEBHOOKS("Webhooks", "/webhooks", "webhook"),
    DELIVERIES("Deliveries", "/deliveries", "deliveries"),
    CALLS("Calls", "/calls", "calls"),
    SOURCES("Sources", "/sources", "send"),
    KEYS("Keys", "/keys", "keys");

    private final String label;
    private final String path;
    private final String icon;

    Section(String label, String path, String icon) {
        this.label = label;
        this.path = path;
        this.icon = icon;
    }

    public String label() {
        return label;
    }

    public String path() {
        return path;
    }

    /** The name of its drawing in {@code icon.jte}. */
    public String icon() {
        return icon;
    }

    /** The page at this path belongs to it. */
    public boolean has(String page) {
        return page.equals(path) || (!path.equals("/") && page.startsWith(path + "/"));
    }
}
