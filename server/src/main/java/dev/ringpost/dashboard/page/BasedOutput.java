package dev.ringpost.dashboard.page;

import gg.jte.TemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets the links and forms of a page stay under its base path, so that templates need not know where their page is. jte says
 * which text is the template's own and which was put in, and that a value is an attribute's; so nothing else is ever changed.
 */
final class BasedOutput extends OwaspHtmlTemplateOutput {
    private static final Set<String> LINKS = Set.of("href", "action", "formaction", "hx-get", "hx-post");
    private static final Pattern OWN_LINK =
            Pattern.compile("(?<=\\s(?:href|action|formaction|hx-get|hx-post)=\")/(?!/)");

    /** Shared by all pages, whatever their base. */
    private static final String ASSETS = "/assets/";

    private final String base;
    private boolean attributeBegins;
    private @Nullable String attribute;

    BasedOutput(TemplateOutput output, String base) {
        super(output);
        this.base = base;
    }

    @Override
    public void setContext(@Nullable String tagName, @Nullable String attributeName) {
        attribute = attributeName;
        super.setContext(tagName, attributeName);
    }

    /** What stands in the template. */
    @Override
    public void writeContent(String text) {
        attributeBegins = text.endsWith("=\"");
        super.writeContent(OWN_LINK.matcher(text).replaceAll(base + "/"));
    }

    /** What the template puts in. */
    @Override
    public void writeUserContent(@Nullable String text) {
        boolean isPath = text != null && text.startsWith("/") && !text.startsWith(ASSETS);
        if (isPath && attributeBegins && attribute != null && LINKS.contains(attribute)) {
            super.writeContent(base);
        }
        attributeBegins = false;
        super.writeUserContent(text);
    }
}
