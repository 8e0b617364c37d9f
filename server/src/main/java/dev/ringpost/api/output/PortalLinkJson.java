package dev.ringpost.api.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringpost.color.Color;
import dev.ringpost.id.IdKind;
import dev.ringpost.id.PublicIds;
import dev.ringpost.portal.PortalLink;
import dev.ringpost.portal.PortalTheme;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Portal links: to who makes one, and to who has one. */
public final class PortalLinkJson {
    private final PublicIds ids;

    public PortalLinkJson(PublicIds ids) {
        this.ids = ids;
    }

    /** @param url null where this server has no pages */
    public void write(JsonGenerator json, PortalLink link, String token, @Nullable String url) throws IOException {
        json.writeStartObject();
        json.writeStringField("url", url);
        json.writeStringField("token", token);
        json.writeStringField("account_id", ids.format(IdKind.ACCOUNT, link.account()));
        json.writeStringField("access", link.access().wireName());
        writeMembers(json, link);
        json.writeEndObject();
    }

    /** What it opens, and how that looks. */
    void writeMembers(JsonGenerator json, PortalLink link) throws IOException {
        Set<Long> webhooks = link.webhooks();
        if (webhooks == null) {
            json.writeNullField("webhook_scope");
        } else {
            Members.strings(json, "webhook_scope", webhooks.stream().sorted().toList(), ids::webhook);
        }
        Members.time(json, "expires_at", link.until());
        json.writeObjectFieldStart("theme");
        PortalTheme.Mode mode = link.theme().mode();
        json.writeStringField("mode", mode == null ? null : mode.wireName());
        color(json, "accent", link.theme().accent());
        color(json, "background", link.theme().background());
        json.writeEndObject();
    }

    private static void color(JsonGenerator json, String name, @Nullable Color color) throws IOException {
        json.writeStringField(name, color == null ? null : color.toString());
    }
}
