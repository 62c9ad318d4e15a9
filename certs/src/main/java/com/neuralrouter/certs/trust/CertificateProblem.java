package com.neuralrouter.certs.trust;

import org.jspecify.annotations.Nullable;

/**
 * Something about a certificate, a key or a request that cannot be used. The message is one
 * sentence for a person and carries no secret, so that callers may show it as it is.
 */
public final class CertificateProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CertificateProblem(String sentence) {
        super(sentence);
    }

    public CertificateProblem(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
