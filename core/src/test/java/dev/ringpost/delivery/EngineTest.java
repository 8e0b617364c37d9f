package dev.ringpost.delivery;

import dev.ringpost.call.EventType;
import dev.ringpost.webhook.Ordering;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookStatus;
import java.util.EnumSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine in a world that fails in every way it can, its invariants checked at each step. */
class EngineTest {
    private static final EventType[] TYPES = EventType.values();

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void nothingIsLostDoubledOrOutOfOrder(@ForAll long seed, @ForAll Ordering ordering) {
        EngineWorld world = new EngineWorld(seed, ordering);
        int steps = 50 + world.random.nextInt(400);
        boolean deletes = world.random.nextInt(4) == 0;
        boolean reorders = world.random.nextInt(4) == 0;
        for (int i = 0; i < steps; i++) {
            disturb(world, deletes, reorders);
            world.tick();
        }
        world.drain();
        world.checkAllEnded();
    }

    /** Seeds that found faults of the engine, so that these stay mended. */
    @ParameterizedTest
    @CsvSource({
        "-72, STRICT_CALL",
        "11, STRICT_CALL",
        "3173, STRICT_CALL",
        "5609809, STRICT_CALL",
        "10805578, STRICT_CALL",
        "5020, STRICT_CALL",
        "57, CALL",
        "632, NONE"
    })
    void whatFailedOnceDoesNotAgain(long seed, Ordering ordering) {
        nothingIsLostDoubledOrOutOfOrder(seed, ordering);
    }

    private static void disturb(EngineWorld world, boolean deletes, boolean reorders) {
        long endpoint = 1L + world.random.nextInt(EngineWorld.ENDPOINTS);
        switch (world.random.nextInt(28)) {
            case 0, 1, 2 -> fireSome(world);
            case 3, 4 -> world.deliverArrivals();
            case 5, 6 -> world.commitSome(1 + world.random.nextInt(30));
            case 7, 8 -> world.tellCommitted();
            case 9, 10 -> world.readLoads();
            case 11, 12 -> world.answerLoads();
            case 13, 14, 15 -> finishSome(world);
            case 16 -> world.now += world.random.nextInt(2_000);
            case 17 -> world.now += world.random.nextInt(400_000);
            case 18 -> world.setSick(endpoint, true);
            case 19 -> world.setSick(endpoint, false);
            case 20 -> toggle(world, endpoint, reorders);
            case 21 -> world.repair(endpoint);
            case 22 -> crash(world);
            case 23 -> askForOne(world);
            case 24 -> replay(world, endpoint);
            case 25 -> erase(world);
            default -> step(world, deletes, endpoint);
        }
    }

    private static void step(EngineWorld world, boolean deletes, long endpoint) {
        if (deletes && world.random.nextInt(20) == 0) {
            world.deliverArrivals();
            world.delete(endpoint);
        } else {
            world.step();
        }
    }

    private static void crash(EngineWorld world) {
        if (world.random.nextInt(4) == 0) {
            world.crash();
        }
    }

    private static void askForOne(EngineWorld world) {
        if (!world.acknowledged.isEmpty()) {
            world.ask(world.acknowledged.get(world.random.nextInt(world.acknowledged.size())));
        }
    }

    private static void replay(EngineWorld world, long endpoint) {
        switch (world.random.nextInt(8)) {
            case 0, 1 -> world.replay(endpoint);
            case 2 -> world.cancelReplays(endpoint);
            default -> {}
        }
    }

    private static void erase(EngineWorld world) {
        if (world.random.nextInt(6) == 0 && !world.acknowledged.isEmpty()) {
            world.deliverArrivals();
            world.erase(world.acknowledged.getLast().call());
        }
    }

    private static void fireSome(EngineWorld world) {
        int events = 1 + world.random.nextInt(40);
        for (int i = 0; i < events; i++) {
            long call = 100L + world.random.nextInt(12) + world.now % 7 * 20;
            world.fire(call, TYPES[world.random.nextInt(TYPES.length)]);
        }
    }

    private static void finishSome(EngineWorld world) {
        int some = world.random.nextInt(10);
        for (int i = 0; i < some; i++) {
            world.finishOne();
        }
    }

    private static void toggle(EngineWorld world, long endpoint, boolean reorders) {
        EnumSet<EventType> events = EnumSet.allOf(EventType.class);
        if (world.random.nextInt(5) == 0) {
            events.remove(EventType.CALL_ENDED);
        }
        WebhookStatus status = world.random.nextBoolean() ? WebhookStatus.ACTIVE : WebhookStatus.INACTIVE;
        Webhook before = world.webhooks.get(endpoint);
        if (before != null) {
            Ordering[] all = Ordering.values();
            Ordering ordering = reorders
                    ? all[world.random.nextInt(all.length)]
                    : before.options().ordering();
            world.deliverArrivals();
            world.change(endpoint, status, events, ordering);
        }
    }
}
