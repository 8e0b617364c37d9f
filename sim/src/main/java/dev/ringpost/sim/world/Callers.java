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
        CallSpec spec = spec(begins, own);
        int scene = 0;
        for (Story.Scene each : Story.of(own)) {
            Dice chance = own.of(1000 + scene++);
            world.agenda().after(each.after(), () -> post(begins.account(), spec, each.reports(), chance, MOST_TRIES));
        }
    }

    private CallSpec spec(Step.CallBegins begins, Dice own) {
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
                null,
                Json.EMPTY_OBJECT,
                Json.EMPTY_OBJECT,
                Json.EMPTY_OBJECT,
                webhook);
    }

    private void post(
            long account, CallSpec spec, List<Function<Instant, Report>> reports, Dice chance, int triesLeft) {
        String externalId = Objects.requireNonNull(spec.externalId());
        Instant now = Instant.ofEpochMilli(world.agenda().now());
        List<CallCommand> commands = new ArrayList<>();
        int part = 0;
        for (Function<Instant, Report> report : reports) {
            String key = chance.isOneIn(3) ? externalId + "/" + chance.seed() + "/" + part++ : null;
            commands.add(
                    new CallCommand.Apply(account, new CallRef.ByExternalId(externalId, spec), report.apply(now), key));
        }
        Node node = world.anyNode(chance.of(triesLeft));
        Runnable again = () -> again(account, spec, reports, chance, triesLeft);
        if (node == null) {
            again.run();
        } else {
            world.counts().add("reports");
            long asked = world.agenda().now();
            long life = node.life();
            node.writer()
                    .add(new Work.Commands(
                            commands, this::answered, () -> world.agenda().after(0, again)));
            // A caller whose node died hears nothing, and asks again.
            world.agenda().at(asked + 20_000, () -> {
                if (node.life() != life && chance.of(triesLeft, 1).isOneIn(2)) {
                    again.run();
                }
            });
        }
    }

    private void again(
            long account, CallSpec spec, List<Function<Instant, Report>> reports, Dice chance, int triesLeft) {
        if (triesLeft > 0) {
            world.counts().add("reports refused");
            world.agenda()
                    .after(
                            500 + chance.of(triesLeft).below(3_000),
                            () -> post(account, spec, reports, chance, triesLeft - 1));
        }
    }

    private void answered(List<CallAnswer> answers) {
        for (CallAnswer answer : answers) {
            if (answer instanceof CallAnswer.Done done) {
                if (known.isEmpty() || known.getLast().no() != done.call().no()) {
                    known.add(new KnownCall(done.call().account(), done.call().no()));
                }
                world.acknowledged(done.events());
            }
        }
    }
}
