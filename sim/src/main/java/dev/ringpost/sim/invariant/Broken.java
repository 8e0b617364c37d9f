package dev.ringpost.sim.invariant;

/** Something that must hold does not. */
public final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String invariant;

    /** @param invariant the name of the rule, which says it */
    public Broken(String invariant, String detail) {
        super(invariant + ": " + detail);
        this.invariant = invariant;
    }

    public String invariant() {
        return invariant;
    }

    /** Where the code under test fails by itself. */
    public static Broken byException(RuntimeException e) {
        Broken broken = new Broken("nothingThrows", e.toString());
        broken.initCause(e);
        return broken;
    }
}
