package com.neuralrouter.server.guardrail;

import com.neuralrouter.server.detect.Detector;
import com.neuralrouter.server.policy.GuardrailAction;

import tools.jackson.core.io.JsonStringEncoder;

import java.util.function.UnaryOperator;

/** Does what the rules want with what was found on one side. Used by the request's thread. */
final class Acting {
    private final Tally tally;
    private final Placeholders placeholders;
    private final boolean restores;
    private final String side;

    private Acting(Tally tally, Placeholders placeholders, boolean restores, String side) {
        this.tally = tally;
        this.placeholders = placeholders;
        this.restores = restores;
        this.side = side;
    }

    static Acting onRequest(Tally tally, Placeholders placeholders) {
        return new Acting(tally, placeholders, false, "the request");
    }

    static Acting onAnswer(Tally tally, Placeholders placeholders) {
        return new Acting(tally, placeholders, !placeholders.isEmpty(), "the answer");
    }

    /** What stands in its place. Throws {@link GuardrailRefusal}. */
    String on(Detector detector, GuardrailAction action, String place, String raw) {
        tally.acted(detector.id(), action);
        return switch (action) {
            case BLOCK ->
                    throw new GuardrailRefusal(
                            detector.id(),
                            "does not allow what is in "
                                    + (place.isEmpty() ? side : side + ", at " + place)
                                    + ".");
            case MASK -> masked(detector);
            case TOKENISE -> placeholders.of(detector.id(), raw);
        };
    }

    static String masked(Detector detector) {
        return "[masked:" + detector.id() + "]";
    }

    boolean restores() {
        return restores;
    }

    String restored(String text, boolean json) {
        if (!restores) {
            return text;
        }
        Restorer restorer = restorer(json);
        return restorer.push(text) + restorer.end();
    }

    Restorer restorer(boolean json) {
        return new Restorer(placeholders, json ? Acting::escaped : UnaryOperator.identity());
    }

    static String escaped(String original) {
        return new String(JsonStringEncoder.getInstance().quoteAsCharArray(original));
    }
}
