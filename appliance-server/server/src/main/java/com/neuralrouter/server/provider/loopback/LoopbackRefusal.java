package com.neuralrouter.server.provider.loopback;

import org.jspecify.annotations.Nullable;

/** Why the loopback refuses a request: becomes an error object of OpenAI's API. */
final class LoopbackRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    /** The field at fault, null if it is the request as a whole. */
    final transient @Nullable String field;

    final transient String code;

    LoopbackRefusal(@Nullable String field, String code, String message) {
        super(message, null, false, false);
        this.field = field;
        this.code = code;
    }

    static LoopbackRefusal unsupported(String field, String what) {
        return new LoopbackRefusal(
                field, "unsupported_value", "the loopback cannot do this: " + what);
    }

    static LoopbackRefusal invalid(String field, String mustBe) {
        return new LoopbackRefusal(field, "invalid_value", "'" + field + "' must be " + mustBe);
    }
}
