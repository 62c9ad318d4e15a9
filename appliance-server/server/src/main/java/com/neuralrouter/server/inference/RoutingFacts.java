package com.neuralrouter.server.inference;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.server.dialect.InferenceRequest;
import com.neuralrouter.server.identity.Caller;
import com.neuralrouter.server.route.Route;
import com.neuralrouter.server.route.RouteFacts;
import com.neuralrouter.server.route.RouteFacts.Traits;
import com.neuralrouter.server.route.RouteFacts.Who;
import com.neuralrouter.server.route.Tariff;
import com.neuralrouter.server.snapshot.WorkspaceView;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * What a plan is made from, taken from a request. How requests begin is hashed under a key of this
 * process, which is never shown or kept: no hash that leaves here can be compared with a guess.
 * Safe for all threads.
 */
final class RoutingFacts {
    /** A rule of thumb, where nobody has counted. */
    private static final int BYTES_PER_TOKEN = 4;

    private final long prefixKey = new SecureRandom().nextLong();

    RouteFacts of(
            RequestId id,
            Caller caller,
            WorkspaceView workspace,
            Operation operation,
            InferenceRequest request,
            Route route,
            Arrival arrival,
            Tariff tariff) {
        return new RouteFacts(
                seed(id),
                operation.wire(),
                new Who(caller.keyId().toString(), caller.keyName(), workspace.name()),
                new Traits(
                        request.stream(),
                        !request.tools().isEmpty(),
                        request.images(),
                        request.inputTokens() >= 0
                                ? request.inputTokens()
                                : request.bytes() / BYTES_PER_TOKEN,
                        prefix(workspace, request, route)),
                headers(route, arrival.headers()),
                tariff);
    }

    /** Nothing reads it but one strategy, so it is not computed for the others. */
    private long prefix(WorkspaceView workspace, InferenceRequest request, Route route) {
        if (route.ways().strategy() != Strategy.PREFIX_AFFINITY) {
            return 0;
        }
        UUID whose = workspace.id().value();
        long salt =
                31 * whose.getMostSignificantBits()
                        + whose.getLeastSignificantBits()
                        + request.model().hashCode();
        return request.beginning().hash(prefixKey ^ salt);
    }

    /** Those that the route declares; a condition reads as empty what is not there. */
    private static Map<String, String> headers(Route route, Function<String, List<String>> all) {
        List<String> declared = route.ways().headers();
        if (declared.isEmpty()) {
            return Map.of();
        }
        var headers = new HashMap<String, String>();
        for (String name : declared) {
            List<String> values = all.apply(name);
            if (!values.isEmpty()) {
                headers.put(name, PassedHeaders.checked(name, String.join(",", values)));
            }
        }
        return headers;
    }

    /** The id's random bits: whoever has the id can draw the plan's chance again. */
    private static long seed(RequestId id) {
        UUID value = id.value();
        return value.getMostSignificantBits() * 31 + value.getLeastSignificantBits();
    }
}
