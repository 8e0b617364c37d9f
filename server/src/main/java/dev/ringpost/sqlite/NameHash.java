package dev.ringpost.sqlite;

import java.nio.ByteBuffer;
import java.util.Comparator;

/** The 16 bytes of a name's hash, in the order in which the database compares them. */
record NameHash(long high, long low) implements Comparable<NameHash> {
    private static final Comparator<NameHash> AS_BYTES = Comparator.comparing(NameHash::high, Long::compareUnsigned)
            .thenComparing(NameHash::low, Long::compareUnsigned);

    static NameHash of(byte[] hash) {
        ByteBuffer bytes = ByteBuffer.wrap(hash);
        return new NameHash(bytes.getLong(), bytes.getLong());
    }

    byte[] bytes() {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
    }

    @Override
    public int compareTo(NameHash other) {
        return AS_BYTES.compare(this, other);
    }
}
