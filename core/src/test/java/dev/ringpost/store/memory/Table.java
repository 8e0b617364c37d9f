package dev.ringpost.store.memory;

import java.util.Collection;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows by key, in the order of the keys. Each change can be undone. */
final class Table<K extends Comparable<K>, V> {
    private final TreeMap<K, V> rows = new TreeMap<>();
    private final Undo undo;

    Table(Undo undo) {
        this.undo = undo;
    }

    @Nullable
    V get(K key) {
        return rows.get(key);
    }

    Optional<V> find(K key) {
        return Optional.ofNullable(rows.get(key));
    }

    boolean has(K key) {
        return rows.containsKey(key);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    int size() {
        return rows.size();
    }

    Collection<V> all() {
        return rows.values();
    }

    NavigableMap<K, V> sorted() {
        return rows;
    }

    /** Refuses a key that is there, as a database does. */
    void insert(K key, V row) {
        if (rows.putIfAbsent(key, row) != null) {
            throw new IllegalStateException("The store has it already: " + key);
        }
        undo.add(() -> rows.remove(key));
    }

    void put(K key, V row) {
        V before = rows.put(key, row);
        undo.add(() -> restore(key, before));
    }

    @Nullable
    V remove(K key) {
        V before = rows.remove(key);
        if (before != null) {
            undo.add(() -> rows.put(key, before));
        }
        return before;
    }

    private void restore(K key, @Nullable V before) {
        if (before == null) {
            rows.remove(key);
        } else {
            rows.put(key, before);
        }
    }
}
