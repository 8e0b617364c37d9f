package dev.ringpost.api.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringpost.id.IdKind;
import dev.ringpost.id.PublicIds;
import dev.ringpost.store.Account;
import dev.ringpost.store.ApiKey;
import java.io.IOException;
import java.util.Locale;

/** Accounts and their keys, as the operator sees them. */
public final class AccountJson {
    private final PublicIds ids;

    public AccountJson(PublicIds ids) {
        this.ids = ids;
    }

    public void write(JsonGenerator json, Account account) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", ids.format(IdKind.ACCOUNT, account.no()));
        json.writeStringField("name", account.name());
        Members.time(json, "created_at", account.createdAt());
        json.writeEndObject();
    }

    public void write(JsonGenerator json, ApiKey key) throws IOException {
        json.writeStartObject();
        writeMembers(json, key);
        json.writeEndObject();
    }

    /** @param text the key itself, which is shown at its creation only */
    public void writeWithText(JsonGenerator json, ApiKey key, String text) throws IOException {
        json.writeStartObject();
        writeMembers(json, key);
        json.writeStringField("key", text);
        json.writeEndObject();
    }

    private void writeMembers(JsonGenerator json, ApiKey key) throws IOException {
        json.writeStringField("id", ids.format(IdKind.KEY, key.no()));
        json.writeStringField("account_id", ids.format(IdKind.ACCOUNT, key.account()));
        json.writeStringField("scope", key.scope().name().toLowerCase(Locale.ROOT));
        json.writeStringField("name", key.name());
        Members.stringsOrNull(json, "agent_ids", key.agentIds(), agent -> agent);
        Members.time(json, "created_at", key.createdAt());
    }
}
