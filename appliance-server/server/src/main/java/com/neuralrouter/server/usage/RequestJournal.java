package com.neuralrouter.server.usage;

/**
 * Where every request is recorded: once before anything leaves for a provider, once more when it
 * has ended. What was recorded survives the death of the process. Safe for all threads; never
 * blocks on I/O.
 */
public interface RequestJournal {

    /**
     * Records that a request begins. Throws {@link RecordUnavailable} when there is no room for
     * another one because nothing can be written to the store: the caller must then refuse the
     * request.
     */
    Ticket open(RequestStarted started);

    /** Whether there is room for another one at the moment. Waits for nothing. */
    default boolean takes() {
        return true;
    }

    /** One request's place in the journal. */
    interface Ticket {
        /**
         * Records what the request has used so far; that survives the death of the process, and is
         * what is recorded of it if nothing else is.
         */
        default void used(TokenCounts soFar, RequestCost cost) {}

        /** Records how the request ended; the first call counts, later ones do nothing. */
        void close(RequestEnded ended);
    }

    /** There is no room to record another request. */
    final class RecordUnavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public RecordUnavailable(String message) {
            super(message, null, false, false);
        }
    }
}
