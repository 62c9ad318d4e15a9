package com.neuralrouter.server.inference;

import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderReply;
import com.neuralrouter.server.route.Attempt;

import java.util.List;
import java.util.Set;

/** An upstream's answer, of which as much is here as it takes to know that it will do. */
sealed interface Served {

    /** Who answered. */
    Attempt attempt();

    /** Ends an answer that nobody is to see. */
    default void drop() {}

    /** An answer that is here as a whole. */
    record Whole(Attempt attempt, int status, String contentType, byte[] body) implements Served {

        /** Shows no content. */
        @Override
        public String toString() {
            return "Whole[status=" + status + ", body=redacted]";
        }
    }

    /**
     * How many tokens a message has, reckoned here: the upstream that would be asked first can't
     * count them.
     */
    record Counted(Attempt attempt, long tokens) implements Served {}

    /**
     * An answer in the provider's own format, as the events that it came to; of a stream the first
     * ones, of an answer that is no stream all of them.
     *
     * @param ignored the fields of the request that were left out, by the app's names
     */
    record Translated(
            Attempt attempt, ProviderReply reply, List<ReplyEvent> first, Set<String> ignored)
            implements Served {
        @Override
        public void drop() {
            reply.close();
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
        @Override
        public void drop() {
            answer.close();
        }

        /** Shows no content. */
        @Override
        public String toString() {
            return "Stream[status=" + answer.status() + ", buffer=redacted]";
        }
    }
}
