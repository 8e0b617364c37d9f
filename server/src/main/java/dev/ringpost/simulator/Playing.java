package dev.ringpost.simulator;

import dev.ringpost.call.Call;
import java.time.Instant;
import java.util.List;

/** A call that is under way. For one thread. */
final class Playing {
    private final Call call;
    private final Instant start;
    private final Script script;
    private final String keyPrefix;
    private int next;

    /** @param keyPrefix tells the reports of one script of a call from those of another */
    Playing(Call call, Instant start, Script script, String keyPrefix) {
        this.call = call;
        this.start = start;
        this.script = script;
        this.keyPrefix = keyPrefix;
    }

    long account() {
        return call.account();
    }

    long no() {
        return call.no();
    }

    Instant start() {
        return start;
    }

    boolean isOver() {
        return next == script.steps().size();
    }

    /** The next one; there is none where it is over. */
    Script.Step step() {
        return script.steps().get(next);
    }

    Instant due() {
        return start.plus(step().offset());
    }

    /** Known in the call, so that the step said twice is said once. */
    String key() {
        return "simulator-" + keyPrefix + next;
    }

    void goOn() {
        next++;
    }

    List<Script.Step> played() {
        return script.steps().subList(0, next);
    }
}
