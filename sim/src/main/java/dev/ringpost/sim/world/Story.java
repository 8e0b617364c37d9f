package dev.ringpost.sim.world;

import dev.ringpost.call.Json;
import dev.ringpost.call.Recording;
import dev.ringpost.call.Report;
import dev.ringpost.sim.plan.Dice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What a call engine sees of one call: mostly in order, sometimes late, twice, or never to its end. */
final class Story {
    private final Dice dice;
    private final List<Scene> scenes = new ArrayList<>();
    private long at;
    private int drawn;

    /** Reports that are made at a time after the call's beginning, in milliseconds. */
    record Scene(long after, List<Function<Instant, Report>> reports) {}

    private Story(Dice dice) {
        this.dice = dice;
    }

    static List<Scene> of(Dice dice) {
        Story story = new Story(dice);
        story.write();
        return story.scenes;
    }

    private boolean isOneIn(int chances) {
        return dice.of(drawn++).isOneIn(chances);
    }

    private void pass(double meanMillis) {
        at += dice.of(drawn++).exponential(meanMillis);
    }

    private void add(Function<Instant, Report> report) {
        add(List.of(report));
    }

    private void add(List<Function<Instant, Report>> reports) {
        scenes.add(new Scene(at, reports));
        if (isOneIn(20)) {
            scenes.add(new Scene(at + 700, reports));
        }
    }

    private void write() {
        if (!isOneIn(4)) {
            add(Report.Initiated::new);
            pass(3_000);
        }
        if (isOneIn(8)) {
            add(now -> new Report.Failed(now, "no_answer"));
            return;
        }
        if (!isOneIn(10)) {
            add(Report.Connected::new);
        }
        int partials = dice.of(drawn++).below(6);
        for (int i = 1; i <= partials; i++) {
            pass(4_000);
            String said = "[\"" + i + "\"]";
            add(now -> new Report.TranscriptSaid(now, new Json(said), false));
        }
        pass(8_000);
        if (isOneIn(30)) {
            return;
        }
        end();
    }

    private void end() {
        boolean result = isOneIn(2);
        Function<Instant, Report> ended =
                now -> new Report.Ended(now, "hangup", 12.0, result, result ? "won" : null, null);
        Function<Instant, Report> analysis = now -> new Report.Analyzed(now, "won", "well", null);
        Function<Instant, Report> whole = now -> new Report.TranscriptSaid(now, new Json("[\"all\"]"), true);
        Function<Instant, Report> recording =
                now -> new Report.RecordingReady(now, new Recording("https://r.example/1", null, null, null));
        if (isOneIn(8)) {
            // What belongs behind the end comes before it.
            add(List.of(recording, whole));
            pass(300);
        }
        if (isOneIn(6)) {
            add(List.of(ended, whole, recording, analysis));
            return;
        }
        add(ended);
        pass(1_000);
        if (!isOneIn(4)) {
            add(whole);
        }
        pass(3_000);
        if (!isOneIn(4)) {
            add(recording);
        }
        pass(9_000);
        if (!isOneIn(3)) {
            add(analysis);
        }
    }
}
