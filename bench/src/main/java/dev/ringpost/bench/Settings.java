package dev.ringpost.bench;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How much is measured.
 *
 * @param launcher starts servers
 * @param folder for the servers' data; on the disk that is to be measured
 * @param measured how long each row is measured
 * @param warmUp how long each row may warm up: until the JIT compilers are idle, but no longer than this
 * @param most endpoints, hanging endpoints and the like are at most so many: for trying out
 * @param history how many attempts the history grows to; waiting deliveries grow to a quarter of it
 */
record Settings(Path launcher, Path folder, Duration measured, Duration warmUp, int most, long history) {
    int atMost(int wanted) {
        return Math.min(wanted, most);
    }
}
