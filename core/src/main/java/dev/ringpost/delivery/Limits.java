package dev.ringpost.delivery;

/** How many deliveries of each rank a load may bring. */
public record Limits(int untried, int tried, int replayed, int asked) {
    static final Limits NONE = new Limits(0, 0, 0, 0);

    static Limits ofEach(int count) {
        return new Limits(count, count, count, count);
    }

    Limits plus(int more) {
        return new Limits(untried + more, tried + more, replayed + more, asked + more);
    }

    public int of(Rank rank) {
        return switch (rank) {
            case UNTRIED -> untried;
            case TRIED -> tried;
            case REPLAYED -> replayed;
            case ASKED -> asked;
        };
    }
}
