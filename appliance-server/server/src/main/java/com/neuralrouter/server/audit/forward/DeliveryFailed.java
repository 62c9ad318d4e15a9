package com.neuralrouter.server.audit.forward;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Entries could not be delivered now. The message is a sentence for the operator: what the receiver
 * did, and what to do about it; nothing that the receiver wrote.
 */
final class DeliveryFailed extends Exception {
    private static final long serialVersionUID = 1;

    private final Duration pause;

    DeliveryFailed(String message, @Nullable Throwable cause) {
        this(message, Duration.ZERO, cause);
    }

    /**
     * @param pause for how long the receiver wants to be left alone, at least
     */
    DeliveryFailed(String message, Duration pause, @Nullable Throwable cause) {
        super(message, cause);
        this.pause = pause;
    }

    Duration pause() {
        return pause;
    }
}
