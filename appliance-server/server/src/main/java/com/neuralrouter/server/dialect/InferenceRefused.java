package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.ProblemCode;

import org.jspecify.annotations.Nullable;

/**
 * A request ends here, before its answer has begun. Thrown by whichever room refuses it, answered
 * once, at the door, in the API's error format. The message never quotes the request.
 */
public final class InferenceRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** There is no time after which to try again. */
    public static final long NO_HINT = -1;

    private final ProblemCode code;
    private final @Nullable String field;
    private final long retryAfterMillis;

    private InferenceRefused(
            ProblemCode code, String detail, @Nullable String field, long retryAfterMillis) {
        super(detail, null, false, false);
        this.code = code;
        this.field = field;
        this.retryAfterMillis = retryAfterMillis;
    }

    public static InferenceRefused because(ProblemCode code, String detail) {
        return new InferenceRefused(code, detail, null, NO_HINT);
    }

    /** The message is the code's own sentence. */
    public static InferenceRefused because(ProblemCode code) {
        return because(code, code.title());
    }

    /** It is about that field of the body. */
    public static InferenceRefused field(ProblemCode code, String field, String detail) {
        return new InferenceRefused(code, detail, field, NO_HINT);
    }

    public static InferenceRefused retryLater(ProblemCode code, String detail, long millis) {
        return new InferenceRefused(code, detail, null, millis);
    }

    public ProblemCode code() {
        return code;
    }

    /** What was wrong and what to do. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** The field it is about, if it is about one. */
    public @Nullable String field() {
        return field;
    }

    public long retryAfterMillis() {
        return retryAfterMillis;
    }
}
