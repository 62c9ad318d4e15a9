package com.neuralrouter.server.listener;

import com.neuralrouter.contract.RequestId;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;

/**
 * The id that every answer carries as {@code x-request-id}. The listener draws it before any other
 * code sees the request; a client's own is not taken over.
 */
public final class RequestIds {
    static final HeaderName NAME = HeaderNames.create("x-request-id");

    private RequestIds() {}

    /** The id of the request that this answers. */
    public static RequestId of(ServerResponse answer) {
        return RequestId.of(answer.headers().get(NAME).get());
    }
}
