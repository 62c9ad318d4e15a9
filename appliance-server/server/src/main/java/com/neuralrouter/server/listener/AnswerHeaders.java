package com.neuralrouter.server.listener;

import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.id.Ids;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/**
 * What every answer of every listener carries: strict transport security for two years (RFC 6797),
 * no guessing of content types, no copies in caches, and the request's id.
 */
final class AnswerHeaders implements Filter {
    private static final Header STRICT_TRANSPORT_SECURITY =
            HeaderValues.createCached(
                    HeaderNames.STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
    private static final Header NO_SNIFF =
            HeaderValues.createCached(HeaderNames.create("x-content-type-options"), "nosniff");
    private static final Header NO_STORE =
            HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");

    private final Ids ids;

    AnswerHeaders(Ids ids) {
        this.ids = ids;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        addTo(response.headers(), ids.nextRequest());
        chain.proceed();
    }

    static void addTo(ServerResponseHeaders headers, RequestId id) {
        headers.set(STRICT_TRANSPORT_SECURITY);
        headers.set(NO_SNIFF);
        headers.set(NO_STORE);
        headers.set(HeaderValues.create(RequestIds.NAME, id.toString()));
    }
}
