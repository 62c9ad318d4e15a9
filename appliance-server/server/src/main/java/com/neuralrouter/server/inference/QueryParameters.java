package com.neuralrouter.server.inference;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.dialect.InferenceRefused;

import io.helidon.common.uri.UriQuery;

import java.util.Set;

/**
 * What a path's query may say. A parameter could mean something to a provider that policy has not
 * seen, and a key in it would stand in every log on the way: none is taken but those that SDKs
 * send, once each, and none is passed on.
 */
final class QueryParameters {
    static final Set<String> NONE = Set.of();

    /**
     * What Anthropic's SDKs put behind the paths of their beta; what they use of it is a header.
     */
    static final Set<String> OF_ANTHROPIC = Set.of("beta");

    /** Those, and what asks for a {@link ModelPage}. */
    static final Set<String> OF_ITS_MODELS = Set.of("beta", "limit", "after_id", "before_id");

    private QueryParameters() {}

    /** Throws {@link InferenceRefused} for any other. */
    static void require(UriQuery query, Set<String> taken) {
        if (!query.isEmpty()
                && !query.names().stream().allMatch(name -> isOf(taken, name, query))) {
            throw InferenceRefused.because(
                    ProblemCode.MALFORMED_REQUEST,
                    "No such query parameters are taken here: everything goes into the body, and"
                            + " the API key into the Authorization header.");
        }
    }

    private static boolean isOf(Set<String> taken, String name, UriQuery query) {
        return taken.contains(name)
                && query.all(name).size() == 1
                && (!name.equals("beta") || query.get(name).equals("true"));
    }
}
