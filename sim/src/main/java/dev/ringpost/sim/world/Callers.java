package dev.ringpost.sim.world;

import dev.ringpost.call.CallSpec;
import dev.ringpost.call.CallWebhook;
import dev.ringpost.call.Direction;
import dev.ringpost.call.EventType;
import dev.ringpost.call.Json;
import dev.ringpost.call.Report;
import dev.ringpost.intake.CallAnswer;
import dev.ringpost.intake.CallCommand;
import dev.ringpost.intake.CallCommand.CallRef;
import dev.ringpost.sim.plan.Dice;
import dev.ringpost.sim.plan.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The call engines: report what their calls do, and again where it was not taken. */
final class Callers {
    private static final int MOST_TRIES = 12;

    private final World world;
    private final Dice dice;
    private final List<KnownCall> known = new ArrayList<>();

    record KnownCall(long account, long no) {}

    Callers(World world, Dice dice) {
        this.world = world;
        this.dice = dice;
    }

    /** Calls that an answer named, to be picked from. */
    List<KnownCall> known() {
        return known;
    }

    void begin(Step.CallBegins begins) {
        Dice own = dice.of(begins.call());
        boolean planned = own.of(50).isOneIn(5);
        long wait = planned ? own.of(51).below(120_000) : 0;
        CallSpec spec =
                spec(begins, own, planned ? Instant.ofEpochMilli(world.agenda().now() + wait) : null);
        if (planned) {
            post(List.of(now -> new CallCommand.Create(begins.account(), spec)), own.of(52), MOST_TRIES);
        }
        int scene = 0;
        for (Story.Scene each : Story.of(own)) {
            Dice chance = own.of(1000 + scene++);
            List<Function<Instant, CallCommand>> commands = commands(begins.account(), spec, each.reports(), chance);
            world.agenda().after(wait + each.after(), () -> post(commands, chance, MOST_TRIES));
        }
    }

    private CallSpec spec(Step.CallBegins begins, Dice own, @Nullable Instant scheduledAt) {
        @Nullable
        CallWebhook webhook = begins.webhook() < 0
                ? null
                : new CallWebhook(
                        world.plan().endpoints().get(begins.webhook()).url(),
                        begins.instead() ? CallWebhook.Mode.INSTEAD : CallWebhook.Mode.IN_ADDITION,
                        EventType.OF_CALLS,
                        0);
        return new CallSpec(
                "call-" + begins.call(),
                "agent-" + own.of(1).below(3),
                Direction.INBOUND,
                null,
                null,
                scheduledAt,
                Json.EMPTY_OBJECT,
                Json.EMPTY_OBJECT,
                Json.EMPTY_OBJECT,
                webhook);
    }

    private static List<Function<Instant, CallCommand>> commands(
            long account, CallSpec spec, List<Function<Instant, Report>> reports, Dice chance) {
        String externalId = Objects.requireNonNull(spec.externalId());
        boolean keyed = chance.isOneIn(3);
        List<Function<Instant, CallCommand>> commands = new ArrayList<>();
        for (Function<Instant, Report> report : reports) {
            String key = keyed ? externalId + "/" + chance.seed() + "/" + commands.size() : null;
            commands.add(now ->
                    new CallCommand.Apply(account, new CallRef.ByExternalId(externalId, spec), report.apply(now), key));
        }
        return commands;
    }

    /** What it fires sooner or later, unless its call fails. */
    private void taken(long call, Report report) {
        @Nullable
        EventType type = switch (report) {
            case Report.RecordingReady _ -> EventType.CALL_RECORDING_AVAILABLE;
            case Report.Analyzed _ -> EventType.CALL_ANALYZED;
            case Report.TranscriptSaid said when said.last() -> EventType.TRANSCRIPT_FINAL;
            default -> null;
        };
        if (type != null) {
            world.witness().calls().taken(call, type);
        }
    }

    private void post(List<Function<Instant, CallCommand>> made, Dice chance, int triesLeft) {
        Instant now = Instant.ofEpochMilli(world.agenda().now());
        List<CallCommand> commands =
                made.stream().map(command -> command.apply(now)).toList();
        Node node = world.cluster().anyNode(chance.of(triesLeft));
        Runnable again = () -> again(made, chance, triesLeft);
        if (node == null) {
            again.run();
        } else {
            world.counts().add("reports");
            long asked = world.agenda().now();
            long life = node.life();
            node.writer()
                    .add(new Work.Commands(
                            commands,
                            answers -> answered(commands, answers),
                            () -> world.agenda().after(0, again)));
            // A caller whose node died hears nothing, and asks again.
            world.agenda().at(asked + 20_000, () -> {
                if (node.life() != life && chance.of(triesLeft, 1).isOneIn(2)) {
                    again.run();
                }
            });
        }
    }

    private void again(List<Function<Instant, CallCommand>> made, Dice chance, int triesLeft) {
        if (triesLeft > 0) {
            world.counts().add("reports refused");
            long pause = 500 + chance.of(triesLeft).below(3_000L);
            world.agenda().after(pause, () -> post(made, chance, triesLeft - 1));
        }
    }

    private void answered(List<CallCommand> commands, List<CallAnswer> answers) {
        for (int i = 0; i < commands.size(); i++) {
            if (answers.get(i) instanceof CallAnswer.Done done) {
                if (commands.get(i) instanceof CallCommand.Apply apply) {
                    taken(done.call().no(), apply.report());
                }
                if (known.isEmpty() || known.getLast().no() != done.call().no()) {
                    known.add(new KnownCall(done.call().account(), done.call().no()));
                }
                world.acknowledged(done.events());
            }
        }
    }
}
