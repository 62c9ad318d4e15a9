package com.neuralrouter.server.identity;

import com.neuralrouter.contract.ProblemCode;

/**
 * A caller is not let in. The {@link #problem} is what it is told; the {@link #reason} is for the
 * site's own eyes, because it would help someone who guesses.
 */
public record CredentialRefused(ProblemCode problem, Reason reason) implements Authentication {

    /** Why, exactly. */
    public enum Reason {
        MISSING,
        SEVERAL,
        NOT_A_KEY,
        UNKNOWN,
        REVOKED,
        EXPIRED
    }
}
