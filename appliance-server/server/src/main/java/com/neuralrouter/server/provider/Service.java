package com.neuralrouter.server.provider;

/** How a provider can serve an operation. */
public enum Service {
    /** It speaks the operation's own format: what the app sent is passed on. */
    VERBATIM,
    /** It is asked in its own format: the adapter takes {@link Payload.Translated}. */
    TRANSLATED,
    /** Not at all. */
    NONE
}
