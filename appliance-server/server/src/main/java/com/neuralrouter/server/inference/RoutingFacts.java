package com.neuralrouter.server.inference;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.dialect.InferenceRequest;
import com.neuralrouter.server.identity.Caller;
import com.neuralrouter.server.route.RouteFacts;
import com.neuralrouter.server.route.RouteFacts.Traits;
import com.neuralrouter.server.route.RouteFacts.Who;
import com.neuralrouter.server.snapshot.WorkspaceView;

import java.util.Map;
import java.util.UUID;

/** What a plan is made from, taken from a request. */
final class RoutingFacts {
    /** A rule of thumb, where nobody has counted. */
    private static final int BYTES_PER_TOKEN = 4;

    private RoutingFacts() {}

    static RouteFacts of(
            RequestId id,
            Caller caller,
            WorkspaceView workspace,
            Operation operation,
            InferenceRequest request) {
        return new RouteFacts(
                seed(id),
                operation.wire(),
                new Who(caller.keyId().toString(), caller.keyName(), workspace.name()),
                new Traits(
                        request.stream(),
                        !request.tools().isEmpty(),
                        request.images(),
                        request.bytes() / BYTES_PER_TOKEN,
                        0),
                Map.of());
    }

    /** The id's random bits: whoever has the id can draw the plan's chance again. */
    private static long seed(RequestId id) {
        UUID value = id.value();
        return value.getMostSignificantBits() * 31 + value.getLeastSignificantBits();
    }
}
