package com.neuralrouter.server.policy;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A guardrail as a policy names it: {@code payment-card}, {@code pii:mask}, {@code
 * secrets:block@request}, {@code answer-text:20000}, {@code codenames=/(?i)project falcon/:mask},
 * {@code llama-guard=model(guard)}. What is not said is the strictest: block, on the request and on
 * the answer.
 *
 * @param what a detector, a group of detectors, or what the site calls its own
 * @param definition the pattern, or the model's public name; empty for the others
 * @param most the number behind {@code request-text} and {@code answer-text}, else 0
 */
public record GuardrailName(
        String what, Kind kind, String definition, GuardrailAction action, Side side, int most) {

    /** Kinds of guardrails. */
    public enum Kind {
        /** Detectors that are shipped. */
        SHIPPED,
        /** A site's own pattern of RE2. */
        PATTERN,
        /** A model that is asked in a chat. */
        CHAT_MODEL,
        /** A model that is asked for a moderation. */
        MODERATION_MODEL,
        /** The answer must fit the schema that the request gives. */
        SCHEMA,
        /** All text of a request together, in characters. */
        REQUEST_TEXT,
        /** All text of an answer together, in characters. */
        ANSWER_TEXT
    }

    /** What it looks at. */
    public enum Side {
        BOTH,
        REQUEST,
        ANSWER
    }

    private static final String NAME = "([a-z0-9][a-z0-9-]{0,62})";
    private static final String SIDE = "(?:@(request|answer))?";
    private static final Pattern SHIPPED =
            Pattern.compile(NAME + "(?::([a-z]+|[0-9]{1,9}))?" + SIDE);
    private static final Pattern OWN = Pattern.compile(NAME + "=/(.+)/(?::([a-z]+))?" + SIDE);
    private static final Pattern MODEL =
            Pattern.compile(NAME + "=(model|moderation)\\(([^()]+)\\)" + SIDE);

    /** Reads a name. Throws {@link IllegalArgumentException} with a sentence's end. */
    public static GuardrailName of(String written) {
        Matcher model = MODEL.matcher(written);
        if (model.matches()) {
            return new GuardrailName(
                    model.group(1),
                    model.group(2).equals("model") ? Kind.CHAT_MODEL : Kind.MODERATION_MODEL,
                    model.group(3),
                    GuardrailAction.BLOCK,
                    side(model.group(4)),
                    0);
        }
        Matcher own = OWN.matcher(written);
        if (own.matches()) {
            return new GuardrailName(
                    own.group(1),
                    Kind.PATTERN,
                    own.group(2),
                    action(own.group(3)),
                    side(own.group(4)),
                    0);
        }
        Matcher shipped = SHIPPED.matcher(written);
        if (!shipped.matches()) {
            throw new IllegalArgumentException(
                    "must be as in pii, email:mask, secrets:block@request, answer-text:20000,"
                            + " name=/pattern/:mask or name=model(model)");
        }
        return switch (shipped.group(1)) {
            case "schema" -> schema(shipped);
            case "request-text" -> limit(shipped, Kind.REQUEST_TEXT, Side.REQUEST);
            case "answer-text" -> limit(shipped, Kind.ANSWER_TEXT, Side.ANSWER);
            default ->
                    new GuardrailName(
                            shipped.group(1),
                            Kind.SHIPPED,
                            "",
                            action(shipped.group(2)),
                            side(shipped.group(3)),
                            0);
        };
    }

    private static GuardrailName schema(Matcher parts) {
        if (parts.group(2) != null || parts.group(3) != null) {
            throw new IllegalArgumentException("schema is about answers, and only refuses");
        }
        return new GuardrailName(
                parts.group(1), Kind.SCHEMA, "", GuardrailAction.BLOCK, Side.ANSWER, 0);
    }

    private static GuardrailName limit(Matcher parts, Kind kind, Side side) {
        String most = parts.group(2);
        if (most == null || !Character.isDigit(most.charAt(0)) || parts.group(3) != null) {
            throw new IllegalArgumentException(
                    "must tell the most characters, as in " + parts.group(1) + ":20000");
        }
        return new GuardrailName(
                parts.group(1), kind, "", GuardrailAction.BLOCK, side, Integer.parseInt(most));
    }

    private static GuardrailAction action(@Nullable String word) {
        return word == null
                ? GuardrailAction.BLOCK
                : GuardrailAction.of(word)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "must say block, mask or tokenise behind the colon"));
    }

    private static Side side(@Nullable String word) {
        if (word == null) {
            return Side.BOTH;
        }
        return word.equals("request") ? Side.REQUEST : Side.ANSWER;
    }

    public boolean onRequest() {
        return side != Side.ANSWER;
    }

    public boolean onAnswer() {
        return side != Side.REQUEST;
    }
}
