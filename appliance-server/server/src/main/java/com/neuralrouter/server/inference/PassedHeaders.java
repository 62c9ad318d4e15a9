package com.neuralrouter.server.inference;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.dialect.InferenceRefused;
import com.neuralrouter.server.provider.Payload;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the few headers of an app that go on to a provider which speaks the app's format. */
final class PassedHeaders {
    private static final int LONGEST = 1_000;
    private static final List<HeaderName> NAMES =
            Payload.Verbatim.PASSED.stream().map(HeaderNames::create).toList();

    private PassedHeaders() {}

    /** By their names in lower case. Throws {@link InferenceRefused} for what none can carry. */
    static Map<String, String> of(ServerRequest request) {
        var passed = new HashMap<String, String>();
        for (HeaderName name : NAMES) {
            if (request.headers().contains(name)) {
                String values = String.join(",", request.headers().values(name));
                passed.put(name.lowerCase(), checked(name.lowerCase(), values));
            }
        }
        return Map.copyOf(passed);
    }

    /** The value, if it is one that can be passed on, or looked at. */
    static String checked(String name, String value) {
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
