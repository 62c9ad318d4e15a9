package com.neuralrouter.server.chat;

import java.util.List;

/**
 * What one side said at once.
 *
 * @param at where it stands in the app's request, as in {@code messages[2]}: an error names it
 */
public record Turn(String at, Role role, List<Part> parts) {

    /** Who speaks. */
    public enum Role {
        /** The system, in the middle of a conversation; what it says first are instructions. */
        SYSTEM,
        /** The user, and the results of tools. */
        USER,
        /** The model. */
        ASSISTANT
    }

    public Turn {
        parts = List.copyOf(parts);
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "Turn[" + at + ", role=" + role + ", parts=" + parts.size() + "]";
    }
}
