package dev.ringpost.sqlite;

import dev.ringpost.store.Standing;

/** How an account's endpoints are doing, by the lanes that are not well: as few as there is trouble. */
final class StandingRows {
    /** As the index lanes_unwell says it. */
    private static final String UNWELL = "(waiting > 0 or failures > 0 or probe_at <> 0)";

    /** The endpoints of an account whose last attempt failed. */
    static final String FAILING = "(select endpoint from lanes where account = ? and " + UNWELL + " and failures > 0)";

    private StandingRows() {}

    static Standing standing(Database database, long account) {
        return database.first(
                        "select coalesce(sum(waiting), 0), coalesce(sum(failures > 0 and probe_at = 0), 0),"
                                + " coalesce(sum(probe_at <> 0), 0) from lanes where account = ? and " + UNWELL
                                + " and exists (select 1 from endpoints e where e.no = lanes.endpoint and e.live = 1)",
                        row -> new Standing(row.number(1), row.small(2), row.small(3)),
                        account)
                .orElseThrow();
    }
}
