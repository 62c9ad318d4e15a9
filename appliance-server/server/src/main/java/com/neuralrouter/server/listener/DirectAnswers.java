package com.neuralrouter.server.listener;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.id.Ids;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;

/**
 * Answers what never reaches a handler, a request line that is no HTTP or a body above the limit,
 * in the API's own format. Helidon's words are not passed on: they may quote the request.
 */
final class DirectAnswers implements DirectHandler {
    private static final byte[] NOTHING = {};

    private final ErrorFormats formats;
    private final Ids ids;
    private final String path;

    private DirectAnswers(ErrorFormats formats, Ids ids, String path) {
        this.formats = formats;
        this.ids = ids;
        this.path = path;
    }

    /**
     * @param path that is asked for; empty if that is not known
     */
    static DirectHandlers in(ErrorFormats formats, Ids ids, String path) {
        var answers = new DirectAnswers(formats, ids, path);
        var handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, answers);
        }
        return handlers.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders ignored,
            String message) {
        boolean packed = request.headers().contains(HeaderNames.CONTENT_ENCODING);
        Refusal refusal = Refusal.of(status.code(), packed);
        RequestId id = ids.nextRequest();
        ErrorFormat errors = formats.at(path.isEmpty() ? request.path() : path);
        var headers = ServerResponseHeaders.create();
        AnswerHeaders.addTo(headers, id);
        if (!errors.requestIdHeader().isEmpty()) {
            headers.set(HeaderNames.create(errors.requestIdHeader()), id.toString());
        }
        headers.set(HeaderNames.CONTENT_TYPE, errors.contentType());
        if (refusal.code() == ProblemCode.TOO_MANY_REQUESTS) {
            headers.set(HeaderNames.RETRY_AFTER, "1");
        }
        return TransportResponse.builder()
                .status(Status.create(errors.status(refusal.code())))
                .headers(headers)
                .keepAlive(type.keepAlive())
                .entity(
                        request.method().equals(Method.HEAD_NAME)
                                ? NOTHING
                                : errors.body(refusal.code(), refusal.detail(), id))
                .build();
    }

    /** What a status that Helidon chose means here. */
    private record Refusal(ProblemCode code, String detail) {
        static final Refusal PACKED =
                new Refusal(
                        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                        "The body has a content-encoding; send it as it is, without that header.");
        static final Refusal MALFORMED =
                new Refusal(
                        ProblemCode.MALFORMED_REQUEST,
                        "The request is not valid HTTP/1.1, or uses a part of it that this"
                                + " appliance does not take.");

        static Refusal of(int status, boolean packed) {
            return switch (status) {
                case 404 -> new Refusal(ProblemCode.NOT_FOUND, "There is no such path.");
                case 405 -> new Refusal(ProblemCode.METHOD_NOT_ALLOWED, "Use another method.");
                case 413 ->
                        new Refusal(
                                ProblemCode.TOO_LARGE,
                                "The body is larger than this appliance accepts.");
                case 414, 431 ->
                        new Refusal(
                                ProblemCode.TOO_LARGE,
                                "The request line or the headers are longer than this appliance"
                                        + " accepts.");
                case 503 ->
                        new Refusal(
                                ProblemCode.TOO_MANY_REQUESTS,
                                "The appliance serves as many requests at once as it may.");
                case 500 -> new Refusal(ProblemCode.INTERNAL, "The appliance failed to answer.");
                default -> packed ? PACKED : MALFORMED;
            };
        }
    }
}
