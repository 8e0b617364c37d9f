package dev.ringpost.dashboard.source;

import dev.ringpost.dashboard.call.Call;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How reports come in.
 *
 * @param account that the example's report names; null: the key's own, which needs no name
 * @param last the calls that were made last
 */
public record Sources(@Nullable String account, List<Call> last) {
    /** What follows the server's address in a shell. */
    public String example() {
        return """
                /v1/reports \\
                  -H "authorization: Bearer $KEY" \\
                  -H "content-type: application/json" \\
                  -d '{"type": "connected",%s
                       "external_id": "order-1042",
                       "call": {"agent_id": "front-desk", "type": "inbound",
                                "from_number": "+15550199", "to_number": "+15550100"}}'""".formatted(account == null ? "" : "\n       \"account_id\": \"" + account + "\",");
    }
}
