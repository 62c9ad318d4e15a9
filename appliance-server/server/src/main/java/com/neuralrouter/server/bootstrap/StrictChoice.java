package com.neuralrouter.server.bootstrap;

import com.neuralrouter.server.usage.MappedRequestJournal.Beginning;

/** What {@code audit.strict} says. */
final class StrictChoice {
    static final String NEVER = "never";
    static final String BEFORE_EGRESS = "before-egress";

    private StrictChoice() {}

    /** Throws {@link IllegalArgumentException} for another word. */
    static Beginning of(String written) {
        return switch (written) {
            case NEVER -> Beginning.MAPPED;
            case BEFORE_EGRESS -> Beginning.FORCED;
            default ->
                    throw new IllegalArgumentException("must be " + NEVER + " or " + BEFORE_EGRESS);
        };
    }
}
