package com.neuralrouter.server.listener;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;

import java.util.Set;
import java.util.function.Function;

/**
 * Serves every connection with HTTP/1.1 over TLS and nothing else, and puts it under the deadlines.
 * HTTP/2 is left out because Helidon 4.5 does not tell a handler that its client has cancelled.
 */
final class WatchedHttp1 implements ServerConnectionSelector {
    private final ConnectionDeadlines deadlines;
    private final ListenerTls tls;
    private final TlsBuffers buffers;
    private final Http1ConnectionSelector http1;
    private final Function<String, DirectHandlers> answers;

    /**
     * @param checkAnswers whether every header of an answer is looked through again for what can't
     *     be in one
     * @param answers what HTTP itself refuses, by the path that is asked for
     */
    WatchedHttp1(
            ConnectionDeadlines deadlines,
            ListenerTls tls,
            TlsBuffers buffers,
            int headBytes,
            boolean checkAnswers,
            Function<String, DirectHandlers> answers) {
        this.answers = answers;
        this.deadlines = deadlines;
        this.tls = tls;
        this.buffers = buffers;
        this.http1 =
                Http1ConnectionSelector.builder().config(config(headBytes, checkAnswers)).build();
    }

    /** The logs are switched off because they would show prompts to whoever turns tracing on. */
    @SuppressWarnings("removal")
    private static Http1Config config(int headBytes, boolean checkAnswers) {
        return Http1Config.builder()
                .maxPrologueLength(Math.min(headBytes, 8 << 10))
                .maxHeadersSize(headBytes)
                .sendKeepAliveHeader(false)
                .validateResponseHeaders(checkAnswers)
                .receiveLog(false)
                .sendLog(false)
                .addReceiveListener(new Progress())
                .addSendListener(new Farewell())
                .build();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        var line = new TlsLine(tls.engine(), context.serverSocket(), buffers);
        return new WatchedConnection(
                context, line, deadlines.register(line.engine()), http1, answers);
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http1.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http1.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    /** Tells a connection how far the request is that it receives. */
    private static final class Progress implements Http1ConnectionListener {
        @Override
        public void prologue(ConnectionContext context, HttpPrologue prologue) {
            of(context).asks(prologue);
        }

        @Override
        public void headers(ConnectionContext context, Headers headers) {
            of(context).clientWait().headComplete();
            closeIfAsked(context, headers);
        }
    }

    /** Notices an answer that announces the end of its connection. */
    private static final class Farewell implements Http1ConnectionListener {
        @Override
        public void status(ConnectionContext context, Status status) {
            of(context).answers(status);
        }

        @Override
        public void headers(ConnectionContext context, Headers headers) {
            closeIfAsked(context, headers);
        }
    }

    /**
     * Helidon announces that it will close, as either side asked (RFC 9112, section 9.6), and then
     * reads on.
     */
    private static void closeIfAsked(ConnectionContext context, Headers headers) {
        if (headers.containsToken(HeaderValues.CONNECTION_CLOSE)) {
            of(context).noFurtherRequest();
        }
    }

    private static WatchedConnection of(ConnectionContext context) {
        return (WatchedConnection) context;
    }
}
