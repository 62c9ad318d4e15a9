package com.neuralrouter.server.provider.http;

import com.neuralrouter.server.provider.Endpoint.Patience;

import java.time.Duration;

/**
 * How long a provider may take. They are kept to within a tenth of a second; a call's own deadline
 * holds besides.
 *
 * @param connect from looking the host up to the end of the TLS handshake
 * @param firstByte from sending the request to the end of the answer's head
 * @param betweenBytes between two pieces of the body
 * @param idle how long an unused connection is kept
 */
public record UpstreamTimeouts(
        Duration connect, Duration firstByte, Duration betweenBytes, Duration idle) {

    public UpstreamTimeouts {
        check("connect", connect);
        check("firstByte", firstByte);
        check("betweenBytes", betweenBytes);
        check("idle", idle);
    }

    /** With what an endpoint says of itself. */
    UpstreamTimeouts with(Patience patience) {
        return new UpstreamTimeouts(
                orUsual(patience.connectMillis(), connect),
                orUsual(patience.firstByteMillis(), firstByte),
                orUsual(patience.betweenBytesMillis(), betweenBytes),
                idle);
    }

    private static Duration orUsual(int millis, Duration usual) {
        return millis == 0 ? usual : Duration.ofMillis(millis);
    }

    private static void check(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "timeout " + name + " is " + value + "; it must be longer than nothing");
        }
    }
}
