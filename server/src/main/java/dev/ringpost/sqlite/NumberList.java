package dev.ringpost.sqlite;

import java.util.Collection;

/**
 * Many values as one parameter: a JSON array that the statement takes apart with {@code json_each}, so that a batch
 * asks once.
 */
final class NumberList {
    private NumberList() {}

    static String of(Collection<Long> numbers) {
        StringBuilder json = new StringBuilder(numbers.size() * 20 + 2).append('[');
        for (Long number : numbers) {
            if (json.length() > 1) {
                json.append(',');
            }
            json.append(number.longValue());
        }
        return json.append(']').toString();
    }
}
