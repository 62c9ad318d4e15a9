package com.neuralrouter.server.listener;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/**
 * Sends an answer that is whole. To HEAD its length is told and nothing of it sent (RFC 9110,
 * section 9.3.2): Helidon 4.5 would send it, and a client that goes on with the connection would
 * take it for the next answer.
 */
public final class AnswerBody {
    private AnswerBody() {}

    /** Status and other headers are set already. */
    public static void send(ServerRequest request, ServerResponse response, byte[] body) {
        if (request.prologue().method().equals(Method.HEAD)) {
            response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
            response.send();
        } else {
            response.send(body);
        }
    }
}
