package com.neuralrouter.server.guardrail;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A guardrail as a policy names it: {@code payment-card}, {@code pii:mask}, {@code
 * secrets:block@request}, {@code answer-text:20000}. What is not said is the strictest: block, on
 * the request and on the answer.
 *
 * @param what a detector, a group of detectors, one of the site's own, {@code schema}, {@code
 *     request-text} or {@code answer-text}
 * @param most the number behind {@code request-text} and {@code answer-text}, else 0
 */
public record GuardrailName(
        String what, Action action, boolean onRequest, boolean onAnswer, int most) {
    /** The answer must fit the schema that the request gives. */
    public static final String SCHEMA = "schema";

    /** All text of a request together, in characters. */
    public static final String REQUEST_TEXT = "request-text";

    /** All text of an answer together, in characters. */
    public static final String ANSWER_TEXT = "answer-text";

    private static final Pattern WRITTEN =
            Pattern.compile(
                    "([a-z0-9][a-z0-9-]{0,62})(?::([a-z]+|[0-9]{1,9}))?(?:@(request|answer))?");

    /** Reads a name. Throws {@link IllegalArgumentException} with a sentence's end. */
    public static GuardrailName of(String written) {
        Matcher parts = WRITTEN.matcher(written);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "must be as in pii, email:mask, secrets:block@request or answer-text:20000");
        }
        String what = parts.group(1);
        String how = parts.group(2);
        String where = parts.group(3);
        if (what.equals(REQUEST_TEXT) || what.equals(ANSWER_TEXT)) {
            if (how == null || !Character.isDigit(how.charAt(0)) || where != null) {
                throw new IllegalArgumentException(
                        "must tell the most characters, as in " + what + ":20000");
            }
            return new GuardrailName(
                    what,
                    Action.BLOCK,
                    what.equals(REQUEST_TEXT),
                    what.equals(ANSWER_TEXT),
                    Integer.parseInt(how));
        }
        Action action =
                how == null
                        ? Action.BLOCK
                        : Action.of(how)
                                .orElseThrow(() ->
                                        new IllegalArgumentException(
                                                "must say block, mask or tokenise behind the"
                                                        + " colon"));
        if (what.equals(SCHEMA) && (action != Action.BLOCK || where != null)) {
            throw new IllegalArgumentException("schema is about answers, and only refuses");
        }
        return new GuardrailName(
                what, action, !"answer".equals(where), !"request".equals(where), 0);
    }
}
