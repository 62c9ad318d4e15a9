package com.neuralrouter.server.inference;

import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.route.Attempt;

/** An upstream's answer, of which as much is here as it takes to know that it will do. */
sealed interface Served {

    /** Who answered. */
    Attempt attempt();

    /** An answer that is here as a whole. */
    record Whole(Attempt attempt, int status, String contentType, byte[] body) implements Served {

        /** Shows no content. */
        @Override
        public String toString() {
            return "Whole[status=" + status + ", body=redacted]";
        }
    }

    /**
     * An answer that comes piece by piece.
     *
     * @param buffer for its pieces; the first one is in it
     * @param first the first piece's length
     */
    record Stream(Attempt attempt, ProviderAnswer answer, byte[] buffer, int first)
            implements Served {

        /** Shows no content. */
        @Override
        public String toString() {
            return "Stream[status=" + answer.status() + ", buffer=redacted]";
        }
    }
}
