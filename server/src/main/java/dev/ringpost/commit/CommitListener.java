package dev.ringpost.commit;

import dev.ringpost.store.Event;
import java.util.List;

/** Is told how commits go, on the writer thread: it must be quick, and it must not throw. */
public interface CommitListener {
    /** Wants to know nothing. */
    CommitListener NONE = new CommitListener() {
        @Override
        public void committed(int size, long nanos, List<Event> events, Written written) {}

        @Override
        public void failed(int size) {}
    };

    /**
     * A batch is durable.
     *
     * @param size how many results, commands and changes it had
     * @param nanos from its begin to the end of its commit
     * @param events what it fired
     * @param written what it wrote
     */
    void committed(int size, long nanos, List<Event> events, Written written);

    /** A batch could not be committed: nothing of it happened. */
    void failed(int size);

    /** Both are told, this one first. */
    default CommitListener and(CommitListener second) {
        CommitListener first = this;
        return new CommitListener() {
            @Override
            public void committed(int size, long nanos, List<Event> events, Written written) {
                first.committed(size, nanos, events, written);
                second.committed(size, nanos, events, written);
            }

            @Override
            public void failed(int size) {
                first.failed(size);
                second.failed(size);
            }
        };
    }
}
