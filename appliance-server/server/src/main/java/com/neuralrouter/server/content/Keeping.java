package com.neuralrouter.server.content;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.policy.Retention;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is to be kept of one request, gathered while it goes its way: in memory, and no more than
 * there is room for. Owned by the request's thread.
 */
public final class Keeping {
    /** How much of an answer is kept. */
    static final int LONGEST_ANSWER = 4 << 20;

    private final ContentJournal journal;
    private final About about;
    private final Content request;
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream(0);
    private boolean cut;

    /**
     * Whose request it is, and for how long its content is kept.
     *
     * @param retention a number of days
     */
    public record About(
            RequestId id, WorkspaceId workspace, ApiKeyId apiKey, Retention retention) {}

    private Keeping(ContentJournal journal, About about, Content request) {
        this.journal = journal;
        this.about = about;
        this.request = request;
    }

    /**
     * Begins with a request; empty if there is no room for it.
     *
     * @param body as it is sent on; not to be changed
     */
    public static Optional<Keeping> begin(ContentJournal journal, About about, byte[] body) {
        return journal.reserve(body.length)
                ? Optional.of(new Keeping(journal, about, Content.of(body)))
                : Optional.empty();
    }

    /** For how long it is kept. */
    public Retention retention() {
        return about.retention();
    }

    /** The app gets these bytes of the answer; what there is no room for is cut off. */
    public void answer(byte[] bytes, int at, int length) {
        if (cut) {
            return;
        }
        int taken = Math.min(length, LONGEST_ANSWER - answer.size());
        if (!journal.reserve(taken)) {
            taken = 0;
        }
        answer.write(bytes, at, taken);
        cut = taken < length;
    }

    /**
     * Hands it over; nothing else may be called after this.
     *
     * @param withheld the answer as it is kept
     */
    public void end(UnaryOperator<byte[]> withheld) {
        int held = held();
        Content kept = Content.of(withheld.apply(answer.toByteArray()));
        journal.keep(new FinishedExchange(about, request, kept, cut, held));
    }

    /** Forgets it; nothing else may be called after this. */
    public void drop() {
        journal.release(held());
    }

    private int held() {
        return request.bytes().length + answer.size();
    }
}
