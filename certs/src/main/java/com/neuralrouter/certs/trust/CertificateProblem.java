package com.neuralrouter.certs.trust;

import org.jspecify.annotations.Nullable;

/**
 * Something about a certificate, a key or a request that cannot be used. The message is one
 * sentence for a person and carries no secret, so that callers may show it as it is.
 */
public final class CertificateProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    public CertificateProblem(String sentence) {
        this(sentence, null);
    }

    public CertificateProblem(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.sentence = sentence;
    }

    /** What is wrong, and where it can be said, what to do. */
    public String sentence() {
        return sentence;
    }
}
