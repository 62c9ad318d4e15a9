package com.neuralrouter.server.chat;

/**
 * Writes one answer in the format of the app that asked. One for each answer, used by one thread:
 * either for a stream, with {@link #event} for each event and {@link #failed} at the most once, or
 * for an answer that goes out whole, with {@link #event} for each, whose results are to be dropped,
 * and then {@link #whole}.
 */
public interface ReplyWriter {
    byte[] NOTHING = {};

    /**
     * The next piece of the stream, with its framing; {@link #NOTHING} if the event leads to none.
     */
    byte[] event(ReplyEvent event);

    /** The whole answer; to be called once, after {@link ReplyEvent.Finished}. */
    byte[] whole();

    /** What an answer is made for. */
    record For(String id, String model, long createdEpochSeconds, boolean stream, boolean usage) {

        /**
         * @param id the request's id, from which the answer's is made
         * @param model the public model name
         * @param usage whether the app asked for the usage in a stream, where its format lets it
         */
        public For {}
    }
}
