package dev.ringpost.api.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringpost.api.http.Caller;
import dev.ringpost.id.IdKind;
import dev.ringpost.id.PublicIds;
import dev.ringpost.portal.PortalLink;
import dev.ringpost.store.Account;
import dev.ringpost.store.ApiKey;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/** What a key is, to who has it; or a portal link, of whose key nothing is told. */
public final class OwnKeyJson {
    private final PublicIds ids;
    private final PortalLinkJson links;

    public OwnKeyJson(PublicIds ids) {
        this.ids = ids;
        this.links = new PortalLinkJson(ids);
    }

    /** @param acting the account that is acted for */
    public void write(JsonGenerator json, Caller caller, Account acting) throws IOException {
        json.writeStartObject();
        switch (caller) {
            case Caller.WithKey(ApiKey key, long account) -> {
                json.writeStringField("id", ids.format(IdKind.KEY, key.no()));
                json.writeStringField("name", key.name());
                Members.stringsOrNull(json, "agent_ids", key.agentIds(), agent -> agent);
                json.writeNullField("portal_link");
            }
            case Caller.WithLink(PortalLink link) -> {
                json.writeNullField("id");
                json.writeNullField("name");
                Members.stringsOrNull(json, "agent_ids", Set.<String>of(), agent -> agent);
                json.writeObjectFieldStart("portal_link");
                links.writeMembers(json, link);
                json.writeEndObject();
            }
        }
        json.writeStringField("scope", caller.scope().name().toLowerCase(Locale.ROOT));
        json.writeStringField("account_id", ids.format(IdKind.ACCOUNT, acting.no()));
        json.writeStringField("account_name", acting.name());
        json.writeEndObject();
    }
}
