package com.neuralrouter.server.inference;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.dialect.InferenceRefused;
import com.neuralrouter.server.identity.PresentedCredentials;
import com.neuralrouter.server.policy.PolicyFacts.Origin;
import com.neuralrouter.server.policy.RequestDeclaration;

import java.util.List;
import java.util.function.Function;

/**
 * What is known of a request before its body is read.
 *
 * @param declared the values of its header {@code NR-Policy}
 * @param headers the values of any header, by its name in lower case; empty if it is not there
 */
record Arrival(
        PresentedCredentials presented,
        List<String> declared,
        Origin origin,
        Function<String, List<String>> headers) {

    /** Throws {@link InferenceRefused} for what is not understood. */
    RequestDeclaration declaration() {
        try {
            return RequestDeclaration.of(declared);
        } catch (IllegalArgumentException wrong) {
            throw InferenceRefused.because(
                    ProblemCode.MALFORMED_REQUEST,
                    "The header NR-Policy " + wrong.getMessage() + ".");
        }
    }
}
