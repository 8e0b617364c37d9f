package dev.ringpost.store.memory;

import dev.ringpost.delivery.Health;
import dev.ringpost.delivery.LaneState;

/** @param waiting how many deliveries the lane has in its queue */
record LaneRow(LaneState state, long waiting) {
    static LaneRow empty(long endpoint, long account) {
        return new LaneRow(new LaneState(endpoint, account, Long.MAX_VALUE, 0, Health.UNKNOWN), 0);
    }

    LaneRow due(long at, long call) {
        return new LaneRow(
                new LaneState(
                        state.endpoint(),
                        state.account(),
                        Math.min(state.nextAt(), at),
                        Math.max(state.highCall(), call),
                        state.health()),
                waiting);
    }

    LaneRow wakes(long at) {
        return due(at, 0);
    }

    LaneRow more(int rows) {
        return new LaneRow(state, waiting + rows);
    }

    /** What a lane does not know of the past stays. */
    LaneRow saved(LaneState saved) {
        Health before = state.health();
        Health now = saved.health();
        Health health = new Health(
                now.failures(),
                now.probeAt(),
                Math.max(before.lastSuccessAt(), now.lastSuccessAt()),
                Math.max(before.lastFailureAt(), now.lastFailureAt()),
                now.lastFailureAt() > 0 ? now.lastError() : before.lastError(),
                now.failingSince(),
                now.failingDays());
        return new LaneRow(
                new LaneState(saved.endpoint(), saved.account(), saved.nextAt(), saved.highCall(), health), waiting);
    }
}
