package dev.ringpost.sim.plan;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Chance that depends on what is decided, and not on what was decided before: so a plan that leaves something out goes on
 * as it went.
 */
public record Dice(long seed) {
    /** Dice for one thing. */
    public Dice of(long what) {
        return new Dice(mix(seed * 0x9E3779B97F4A7C15L + what));
    }

    /** Dice for one thing that has two numbers. */
    public Dice of(long what, long which) {
        return of(what).of(which);
    }

    /** 0 until bound. */
    public int below(int bound) {
        return (int) Math.floorMod(mix(seed), (long) bound);
    }

    /** 0 until bound. */
    public long below(long bound) {
        return Math.floorMod(mix(seed), bound);
    }

    public boolean isOneIn(int chances) {
        return below(chances) == 0;
    }

    /** 0 until 1. */
    public double unit() {
        return (mix(seed) >>> 11) * 0x1.0p-53;
    }

    /** Mostly short, sometimes long: milliseconds around the mean. */
    public long exponential(double mean) {
        return Math.round(-mean * Math.log(1 - unit()));
    }

    public RandomGenerator random() {
        return new SplittableRandom(seed);
    }

    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
