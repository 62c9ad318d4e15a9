package com.neuralrouter.server.audit.forward;

import java.io.IOException;

/** A connection ended in a way that does not say that everything on it was read. */
final class UnconfirmedEnd extends IOException {
    private static final long serialVersionUID = 1;

    UnconfirmedEnd(String sentence) {
        super(sentence);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
