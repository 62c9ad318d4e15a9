package com.neuralrouter.server.inference;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.content.ContentJournal;
import com.neuralrouter.server.content.Keeping;
import com.neuralrouter.server.dialect.InferenceRefused;
import com.neuralrouter.server.dialect.InferenceRequest;
import com.neuralrouter.server.guardrail.GuardedExchange;
import com.neuralrouter.server.policy.Retention;

import org.jspecify.annotations.Nullable;

import java.util.function.UnaryOperator;

/**
 * The copy of a request's content that a workspace has kept, and none where none is wanted. Of what
 * was sent to nobody nothing is kept. Used by the request's thread.
 */
final class KeptCopy {
    private @Nullable Keeping keeping;

    /**
     * Begins, if it is to be kept for a day at least. Throws {@link InferenceRefused} when there is
     * no room for it.
     */
    void begin(ContentJournal journal, Keeping.About about, InferenceRequest request) {
        if (about.retention().wholeDays() > 0) {
            keeping =
                    Keeping.begin(journal, about, request.content())
                            .orElseThrow(
                                    () -> InferenceRefused.because(ProblemCode.RECORD_UNAVAILABLE));
        }
    }

    /** These bytes of the answer's body go to the app. */
    void answers(byte[] bytes, int at, int length) {
        if (keeping != null) {
            keeping.answer(bytes, at, length);
        }
    }

    /** For how long it is kept. */
    Retention retention(boolean sent) {
        return keeping == null || !sent ? Retention.ZERO : keeping.retention();
    }

    /** Hands it over; whoever says so again says nothing. */
    void end(boolean sent, @Nullable GuardedExchange guarded) {
        Keeping gathered = keeping;
        keeping = null;
        if (gathered != null && sent) {
            gathered.end(guarded == null ? UnaryOperator.identity() : guarded::withheld);
        } else if (gathered != null) {
            gathered.drop();
        }
    }
}
