package com.neuralrouter.server.policy;

import org.jspecify.annotations.Nullable;

/** Where a request may go. Asked for each upstream before any is tried or compared. */
@FunctionalInterface
public interface Destinations {
    /** The rule that keeps the request from going there; null if none does. */
    @Nullable RuleKind against(Destination destination);

    /**
     * The rule that keeps a copy of the request from going there, as to a shadow; null if none
     * does. What says nothing of copies lets none go.
     */
    default @Nullable RuleKind againstCopy(Destination destination) {
        return RuleKind.ALLOWED_SHADOWS;
    }
}
