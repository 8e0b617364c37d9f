package dev.ringpost.bench.floor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;

/** The other end of {@link FloorProcess}. */
final class FloorPart {
    private FloorPart() {}

    /**
     * Says that it is ready, then answers each line on the standard input with the number of operations done; returns when
     * the input ends.
     */
    static void serve(String ready, LongSupplier done) throws IOException {
        System.out.println(ready);
        try (BufferedReader questions =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            while (questions.readLine() != null) {
                System.out.println(done.getAsLong());
            }
        }
    }
}
