package dev.ringpost.sim.plan;

import java.util.ArrayList;
import java.util.List;

/** Endpoints whose attempts take long go to other nodes: most likely while some are in flight. */
final class MoveWriter {
    private static final int MOVES_OF_EACH = 4;

    private MoveWriter() {}

    static List<Step> steps(Dice dice, int nodes, long length, List<EndpointPlan> endpoints) {
        List<Step> steps = new ArrayList<>();
        for (EndpointPlan endpoint : endpoints) {
            Behaviour.Kind kind = endpoint.behaviour().kind();
            boolean takesLong = kind == Behaviour.Kind.SLOW || kind == Behaviour.Kind.NEVER;
            for (int move = 0; takesLong && move < MOVES_OF_EACH; move++) {
                Dice own = dice.of(endpoint.index(), move);
                steps.add(new Step.EndpointMoves(
                        own.of(1).below(length), endpoint.index(), own.of(2).below(nodes)));
            }
        }
        return steps;
    }
}
