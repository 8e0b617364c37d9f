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
public record Sources(@Nullable String account, List<Call> last) {}
