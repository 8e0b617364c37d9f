package dev.ringpost.api.http;

/** Is told of requests, on their event loops: it must be quick, and it must not throw. */
@FunctionalInterface
public interface RequestListener {
    /** Wants to know nothing. */
    RequestListener NONE = operation -> new OfOperation() {
        @Override
        public void came() {}

        @Override
        public void answered(int status, long nanos) {}
    };

    /**
     * Who is told of one operation's requests. Asked once for each at the start.
     *
     * @param operation such as {@code GET /v1/calls/{id}}; {@code none} for requests that no operation takes
     */
    OfOperation of(String operation);

    /** Is told of the requests to one operation. */
    interface OfOperation {
        /** The head of a request is in. */
        void came();

        /**
         * A request that came was answered.
         *
         * @param nanos since it came
         */
        void answered(int status, long nanos);
    }
}
