package dev.ringpost.sqlite;

import dev.ringpost.store.Page;
import dev.ringpost.store.PageRequest;
import dev.ringpost.store.Stretch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A list being asked for: where its rows are, its conditions, then a page of it, newest first. */
final class Listing<T> {
    private static final long NONE_BELOW = -1;

    private final String columns;
    private final List<Part> parts;
    private final String number;
    private final Database.RowReader<T> reader;
    private final List<String> conditions = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();
    private @Nullable OneOf oneOf;

    /** The database uses one bound of each kind only: so there is one. */
    private long after = NONE_BELOW;

    private long before = Long.MAX_VALUE;

    /**
     * @param from what follows the columns, without conditions
     * @param columns beginning with the number
     * @param number the column that the list is sorted by; a cursor holds its value
     */
    Listing(String columns, String from, String number, Database.RowReader<T> reader) {
        this(columns, List.of(new Part(from, Place.ALL)), number, reader);
    }

    /** Of rows that are partly in an index and partly, the newest, in none yet: see {@link LateIndexes}. */
    static <T> Listing<T> late(
            String columns, String fromIndex, String fromNewest, String number, Database.RowReader<T> reader) {
        return new Listing<>(
                columns,
                List.of(new Part(fromIndex, Place.INDEXED), new Part(fromNewest, Place.NEWEST)),
                number,
                reader);
    }

    private Listing(String columns, List<Part> parts, String number, Database.RowReader<T> reader) {
        this.columns = columns;
        this.parts = parts;
        this.number = number;
        this.reader = reader;
    }

    private enum Place {
        ALL,
        INDEXED,
        NEWEST
    }

    /** @param from what follows the columns, without conditions */
    private record Part(String from, Place place) {}

    Listing<T> where(String condition, @Nullable Object... given) {
        conditions.add(condition);
        values.addAll(Arrays.asList(given));
        return this;
    }

    /** Adds the condition that the number is at least this, if it is given. */
    Listing<T> fromNumber(@Nullable Long least) {
        after = least == null ? after : Math.max(after, least - 1);
        return this;
    }

    /** Adds the condition that the number is less than this, if it is given. */
    Listing<T> beforeNumber(@Nullable Long bound) {
        before = bound == null ? before : Math.min(before, bound);
        return this;
    }

    /** Adds the condition if there is a value to compare with. */
    Listing<T> whereGiven(String condition, @Nullable Object value) {
        return value == null ? this : where(condition, value);
    }

    private record OneOf(String column, List<Object> values) {}

    /**
     * Adds the condition that a column has one of these values, if they are given; at most one such. Each value becomes a
     * query of its own, whose rows the database merges: so it reads no more rows than the page has, where an index has the
     * column and then the number.
     */
    Listing<T> whereOneOf(String column, @Nullable Collection<? extends Object> given) {
        oneOf = given == null ? null : new OneOf(column, List.copyOf(given));
        return this;
    }

    Page<T> page(Database database, PageRequest page) {
        return switch (page) {
            case PageRequest.Offset(int limit, int offset) -> {
                long total = database.first(
                                "select count(*) from (" + matching("1") + " limit " + Page.COUNT_CAP + ")",
                                row -> row.number(1),
                                allValues().toArray())
                        .orElse(0L);
                yield cut(items(database, limit, offset), limit, total);
            }
            case PageRequest.Cursor(int limit, Long last) -> {
                beforeNumber(last);
                yield cut(items(database, limit, 0), limit, -1);
            }
        };
    }

    /**
     * What comes after a number, oldest first.
     *
     * @param newest the list had come to this number before this is asked: up to there everything is looked at
     */
    Stretch<T> stretch(Database database, long behind, Stretch.Bound bound, Measure<T> measure, long newest) {
        fromNumber(behind + 1);
        String sql = matching(columns) + " order by " + order() + " limit ?";
        List<@Nullable Object> all = allValues();
        all.add(bound.items());
        long[] bytes = {0};
        List<T> items = database.queryUntil(
                rows -> (bytes[0] += measure.bytes().applyAsLong(rows.getLast())) >= bound.bytes(),
                sql,
                reader,
                all.toArray());
        boolean full = items.size() == bound.items() || bytes[0] >= bound.bytes();
        // More may have been committed since the newest was asked for.
        long last = items.isEmpty() ? behind : measure.number().applyAsLong(items.getLast());
        long end = full ? last : Math.max(last, newest);
        return new Stretch<>(List.copyOf(items), end, full);
    }

    /** What an item's number is, and how many bytes it carries. */
    record Measure<T>(ToLongFunction<T> number, ToLongFunction<T> bytes) {}

    List<T> all(Database database) {
        return database.query(newestFirst(), reader, allValues().toArray());
    }

    /** The smallest whole millisecond that is not before the time. */
    static long ceilMillis(Instant time) {
        long millis = time.toEpochMilli();
        return Instant.ofEpochMilli(millis).isBefore(time) ? millis + 1 : millis;
    }

    private List<T> items(Database database, int limit, int offset) {
        List<@Nullable Object> all = allValues();
        all.add(limit + 1);
        all.add(offset);
        return database.query(newestFirst() + " limit ? offset ?", reader, all.toArray());
    }

    /** One more than wanted was read, to know whether more follow. */
    private static <T> Page<T> cut(List<T> items, int limit, long total) {
        boolean more = items.size() > limit;
        return new Page<>(List.copyOf(more ? items.subList(0, limit) : items), total, more);
    }

    private String newestFirst() {
        return matching(columns) + " order by " + order() + " desc";
    }

    /** The number; merged queries are sorted by a column of their result. */
    private String order() {
        return queries() > 1 ? "1" : number;
    }

    private int queries() {
        return parts.stream().mapToInt(this::queries).sum();
    }

    private int queries(Part part) {
        return isMerged(part)
                ? Math.max(1, Objects.requireNonNull(oneOf).values().size())
                : 1;
    }

    /** The newest rows are few, and looked through once. */
    private boolean isMerged(Part part) {
        return oneOf != null && part.place() != Place.NEWEST;
    }

    /** All that matches, as queries of which each takes {@link #allValues} of its own. */
    private String matching(String selected) {
        return parts.stream()
                .flatMap(part ->
                        Collections.nCopies(queries(part), "select " + selected + part.from() + where(conditions(part)))
                                .stream())
                .collect(Collectors.joining(" union all "));
    }

    private List<String> conditions(Part part) {
        List<String> all = new ArrayList<>(conditions);
        if (after > NONE_BELOW) {
            all.add(number + (part.place() == Place.NEWEST ? " > max(?, " + LateIndexes.UPTO + ")" : " > ?"));
        } else if (part.place() == Place.NEWEST) {
            all.add(number + " > " + LateIndexes.UPTO);
        }
        if (before < Long.MAX_VALUE) {
            all.add(number + " < ?");
        }
        if (part.place() == Place.INDEXED) {
            // The plus sign leaves the index to the bound that is asked for.
            all.add('+' + number + " <= " + LateIndexes.UPTO);
        }
        if (oneOf != null) {
            String any = String.join(", ", Collections.nCopies(oneOf.values().size(), "?"));
            all.add(oneOf.column() + (isMerged(part) && !oneOf.values().isEmpty() ? " = ?" : " in (" + any + ")"));
        }
        return all;
    }

    private List<@Nullable Object> allValues() {
        List<@Nullable Object> common = new ArrayList<>(values);
        if (after > NONE_BELOW) {
            common.add(after);
        }
        if (before < Long.MAX_VALUE) {
            common.add(before);
        }
        List<@Nullable Object> all = new ArrayList<>();
        for (Part part : parts) {
            if (isMerged(part) && !Objects.requireNonNull(oneOf).values().isEmpty()) {
                for (Object value : oneOf.values()) {
                    all.addAll(common);
                    all.add(value);
                }
            } else {
                all.addAll(common);
                all.addAll(oneOf == null ? List.of() : oneOf.values());
            }
        }
        return all;
    }

    private static String where(List<String> conditions) {
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }
}
