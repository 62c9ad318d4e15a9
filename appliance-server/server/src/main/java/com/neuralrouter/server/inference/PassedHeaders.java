package com.neuralrouter.server.inference;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.dialect.InferenceRefused;
import com.neuralrouter.server.provider.Payload;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the few headers of an app that go on to a provider which speaks the app's format. */
final class PassedHeaders {
    private static final int LONGEST = 1_000;

    private PassedHeaders() {}

    /** By their names in lower case. Throws {@link InferenceRefused} for what none can carry. */
    static Map<String, String> of(ServerRequest request) {
        Map<String, String> passed = Map.of();
        for (String name : Payload.Verbatim.PASSED) {
            List<String> values = request.headers().values(HeaderNames.create(name));
            if (!values.isEmpty()) {
                passed = passed.isEmpty() ? new HashMap<>() : passed;
                passed.put(name, checked(name, String.join(",", values)));
            }
        }
        return passed;
    }

    private static String checked(String name, String value) {
        if (value.length() > LONGEST || !value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw InferenceRefused.because(
                    ProblemCode.MALFORMED_REQUEST,
                    "The header "
                            + name
                            + " must be at most "
                            + LONGEST
                            + " characters of visible ASCII.");
        }
        return value;
    }
}
