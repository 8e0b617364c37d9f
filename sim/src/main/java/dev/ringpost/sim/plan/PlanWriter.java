package dev.ringpost.sim.plan;

import dev.ringpost.delivery.EngineSettings;
import dev.ringpost.store.Replay;
import dev.ringpost.webhook.Ordering;
import dev.ringpost.webhook.WebhookOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes a plan from a seed. */
public final class PlanWriter {
    private static final List<Duration> SHORT_SCHEDULE =
            List.of(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(30));

    private final SplittableRandom random;
    private final Weather weather;
    private final long seed;
    private final List<EndpointPlan> endpoints = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final int nodes;
    private final long length;
    private final int calls;

    /** So few that many find no room. */
    private static final int BURSTS = 100;

    /** So few that many go as soon as they have nothing to do. */
    private static final int LANES = 2;

    /** What kind of time it is. */
    private enum Weather {
        /** Much time, in which little happens at once. */
        DAY,
        HOUR,
        /** Everything goes wrong and everybody changes everything. */
        STORM,
        /** Nothing goes wrong, but an account floods sick and slow endpoints beside another's healthy one. */
        CROWD
    }

    private static final List<Weather> WEATHER = List.of(
            Weather.DAY,
            Weather.HOUR,
            Weather.HOUR,
            Weather.HOUR,
            Weather.STORM,
            Weather.STORM,
            Weather.CROWD,
            Weather.CROWD);

    private PlanWriter(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.weather = WEATHER.get(random.nextInt(WEATHER.size()));
        this.nodes = weather != Weather.CROWD && oneIn(3) ? 2 + random.nextInt(2) : 1;
        this.length = switch (weather) {
            case DAY -> minutes(600 + random.nextInt(1500));
            case HOUR -> minutes(2 + random.nextInt(40));
            case STORM -> minutes(1 + random.nextInt(5));
            case CROWD -> minutes(3 + random.nextInt(3));
        };
        this.calls = switch (weather) {
            case DAY -> 50 + random.nextInt(400);
            case HOUR -> 10 + random.nextInt(120);
            case STORM -> 40 + random.nextInt(160);
            case CROWD -> 150 + random.nextInt(100);
        };
    }

    public static Plan of(long seed) {
        return new PlanWriter(seed).write();
    }

    private boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    private static long minutes(long minutes) {
        return Duration.ofMinutes(minutes).toMillis();
    }

    private Plan write() {
        int count = weather == Weather.CROWD ? 5 + random.nextInt(3) : 2 + random.nextInt(7);
        for (int index = 0; index < count; index++) {
            endpoints.add(weather == Weather.CROWD ? crowding(index) : endpoint(index));
        }
        addWitness(count);
        writeCalls();
        if (weather != Weather.CROWD) {
            writeReceivers();
            writeChanges();
            writeFaults();
        }
        writeOutages();
        if (weather != Weather.CROWD) {
            Dice dice = new Dice(seed);
            steps.addAll(RequestWriter.steps(dice.of(8), length, count, List.copyOf(steps)));
            if (nodes > 1) {
                steps.addAll(MoveWriter.steps(dice.of(9), nodes, length, endpoints));
            }
        }
        steps.sort(Comparator.comparingLong(Step::at));
        boolean small = weather == Weather.CROWD || oneIn(2);
        EngineSettings settings = small
                ? new EngineSettings(
                        (weather == Weather.CROWD ? 6 + random.nextInt(8) : 6 + random.nextInt(30)),
                        1 + random.nextInt(30),
                        BURSTS,
                        LANES)
                : new EngineSettings(
                        EngineSettings.DEFAULT.slots(),
                        EngineSettings.DEFAULT.maxUnrecorded(),
                        BURSTS,
                        EngineSettings.DEFAULT.lanes());
        long[] commitMillis = {0, 4, 20, 300, 1500};
        return new Plan(
                seed,
                nodes,
                nodes == 1 ? 1 : 6,
                settings,
                commitMillis[random.nextInt(commitMillis.length)],
                commitMillis[random.nextInt(commitMillis.length)],
                oneIn(5) ? Duration.ZERO : Duration.ofSeconds(10),
                Duration.ofMinutes(10 + random.nextInt(50)),
                length,
                List.copyOf(endpoints),
                List.copyOf(steps));
    }

    private EndpointPlan endpoint(int index) {
        Ordering[] orderings = Ordering.values();
        return new EndpointPlan(
                index,
                1 + random.nextInt(2),
                orderings[random.nextInt(orderings.length)],
                oneIn(2) ? 1 + random.nextInt(4) : 32,
                rate(),
                Duration.ofSeconds(1 + random.nextInt(30)),
                schedule(),
                oneIn(2) ? Behaviour.GOOD : behaviour(),
                index > 0 && oneIn(5),
                false);
    }

    /** Of an account of its own, with few calls. */
    private void addWitness(int index) {
        endpoints.add(new EndpointPlan(
                index,
                9,
                Ordering.CALL,
                32,
                null,
                Duration.ofSeconds(10),
                WebhookOptions.DEFAULT.retrySchedule(),
                Behaviour.GOOD,
                false,
                true));
        int few = 3 + random.nextInt(12);
        for (int call = 0; call < few; call++) {
            steps.add(new Step.CallBegins(time(), 1_000_000 + call, 9, -1, false));
        }
    }

    private @Nullable Integer rate() {
        return oneIn(4) ? (Integer) (1 + random.nextInt(10)) : null;
    }

    private List<Duration> schedule() {
        return switch (random.nextInt(4)) {
            case 0 -> WebhookOptions.DEFAULT.retrySchedule();
            case 1 -> List.of(Duration.ofSeconds(1));
            case 2 -> List.of(Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofSeconds(90));
            default -> SHORT_SCHEDULE;
        };
    }

    /** It keeps its slots for a while, if not for as long as it may. */
    private EndpointPlan crowding(int index) {
        return new EndpointPlan(
                index,
                1,
                Ordering.CALL,
                32,
                null,
                Duration.ofSeconds(20),
                SHORT_SCHEDULE,
                oneIn(3)
                        ? new Behaviour(Behaviour.Kind.NEVER, 0)
                        : new Behaviour(Behaviour.Kind.GOOD, 300 + random.nextInt(500)),
                false,
                false);
    }

    private Behaviour behaviour() {
        Behaviour.Kind[] kinds = Behaviour.Kind.values();
        Behaviour.Kind kind = kinds[random.nextInt(kinds.length)];
        long millis = switch (kind) {
            case SLOW -> 500 + random.nextInt(8_000);
            case FLAPPING -> 2_000 + random.nextInt(200_000);
            case BUSY, UNAVAILABLE -> oneIn(3) ? 0 : 1_000L * (1 + random.nextInt(oneIn(8) ? 86_400 : 600));
            default -> 5 + random.nextInt(100);
        };
        return new Behaviour(kind, millis);
    }

    private long time() {
        return random.nextLong(length);
    }

    private void writeCalls() {
        int burst = 0;
        long at = 0;
        for (int call = 0; call < calls; call++) {
            if (burst == 0) {
                burst = oneIn(3) ? 1 + random.nextInt(oneIn(6) ? calls : 30) : 1;
                at = time();
            }
            burst--;
            EndpointPlan own = endpoints.get(random.nextInt(endpoints.size() - 1));
            boolean hasOwn = own.ofCalls() && !oneIn(4);
            steps.add(new Step.CallBegins(
                    at + random.nextInt(3_000), call, own.account(), hasOwn ? own.index() : -1, oneIn(2)));
        }
    }

    private void writeReceivers() {
        int turns = random.nextInt(3 * endpoints.size());
        for (int i = 0; i < turns; i++) {
            int endpoint = random.nextInt(endpoints.size() - 1);
            long at = time();
            steps.add(new Step.ReceiverTurns(at, endpoint, behaviour()));
            if (!oneIn(3)) {
                long later = at + random.nextLong(oneIn(4) ? length : Math.max(1, length / 5));
                steps.add(new Step.ReceiverTurns(later, endpoint, Behaviour.GOOD));
            }
        }
    }

    private void writeChanges() {
        int changes = weather == Weather.STORM ? 20 + random.nextInt(60) : oneIn(3) ? 0 : random.nextInt(25);
        for (int i = 0; i < changes; i++) {
            int endpoint = random.nextInt(endpoints.size() - 1);
            long at = time();
            switch (random.nextInt(14)) {
                case 0 -> steps.add(new Step.ReplayBegins(at, endpoint, only()));
                case 1 -> steps.add(new Step.ReplayCancelled(at, endpoint));
                case 2, 3 -> steps.add(new Step.DeliveryAsked(at, random.nextInt(1_000_000)));
                case 4, 12, 13 -> steps.add(new Step.CallErased(at, random.nextInt(1_000_000)));
                case 5 -> {
                    steps.add(new Step.WebhookChanges(at, endpoint, new Step.Change.Pause()));
                    if (!oneIn(3)) {
                        steps.add(new Step.WebhookChanges(
                                at + random.nextLong(Math.max(1, length / 4)), endpoint, new Step.Change.Activate()));
                    }
                }
                case 6 -> {
                    if (oneIn(3)) {
                        steps.add(new Step.WebhookChanges(at, endpoint, new Step.Change.Delete()));
                        steps.add(new Step.WebhookChanges(
                                at + random.nextLong(Math.max(1, length / 4)), endpoint, new Step.Change.Create()));
                    }
                }
                default -> {
                    steps.add(new Step.WebhookChanges(at, endpoint, change()));
                    if (weather == Weather.STORM && oneIn(3)) {
                        steps.add(new Step.WebhookChanges(at + random.nextInt(20), endpoint, change()));
                    }
                }
            }
        }
    }

    private void writeOutages() {
        Dice dice = new Dice(seed).of(7);
        if (weather != Weather.CROWD && dice.isOneIn(4)) {
            OutageWriter outages = new OutageWriter(dice, length, endpoints.size());
            endpoints.addAll(outages.endpoints());
            steps.addAll(outages.steps());
        }
    }

    private Replay.Only only() {
        Replay.Only[] all = Replay.Only.values();
        return all[random.nextInt(all.length)];
    }

    private Step.Change change() {
        Ordering[] orderings = Ordering.values();
        return switch (random.nextInt(8)) {
            case 0 -> new Step.Change.Rotate();
            case 1 -> new Step.Change.Unsubscribe(random.nextInt(7));
            case 2 -> new Step.Change.SubscribeAll();
            case 3 -> new Step.Change.Order(orderings[random.nextInt(orderings.length)]);
            case 4 -> new Step.Change.MaxInFlight(1 + random.nextInt(32));
            case 5 -> new Step.Change.Rate(rate());
            case 6 -> new Step.Change.Schedule(schedule());
            default -> new Step.Change.Activate();
        };
    }

    private void writeFaults() {
        int faults = weather == Weather.STORM ? 5 + random.nextInt(25) : oneIn(3) ? 0 : random.nextInt(12);
        Step.Boundary[] boundaries = Step.Boundary.values();
        Step.Fault[] kinds = Step.Fault.values();
        for (int i = 0; i < faults; i++) {
            long at = time();
            int node = random.nextInt(nodes);
            switch (random.nextInt(nodes > 1 ? 10 : 5)) {
                case 0 -> steps.add(new Step.NodeCrashes(at, node, 100 + random.nextInt(30_000)));
                case 5 -> steps.add(new Step.NodeStops(at, node, 500 + random.nextInt(40_000)));
                case 6, 8, 9 -> steps.add(new Step.PartitionMoves(at, random.nextInt(6), random.nextInt(nodes)));
                case 7 -> steps.add(new Step.HintsLost(at, 1_000 + random.nextInt(60_000)));
                default ->
                    steps.add(new Step.StoreFails(
                            at,
                            1_000 + random.nextInt(60_000),
                            boundaries[random.nextInt(boundaries.length)],
                            kinds[random.nextInt(kinds.length)],
                            oneIn(3) ? 100 : 5 + random.nextInt(60)));
            }
        }
    }
}
