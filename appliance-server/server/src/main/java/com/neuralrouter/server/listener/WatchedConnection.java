package com.neuralrouter.server.listener;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.task.InterruptableTask;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Connection;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;

import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/**
 * A connection that speaks TLS, and whose every read from the client and every write to it is under
 * a deadline. It stands between Helidon's socket and Helidon's HTTP/1.1, as the connection towards
 * the one and as the context towards the other. Owned by the connection's thread.
 */
final class WatchedConnection
        implements ConnectionContext, ServerConnection, InterruptableTask<Void> {
    private static final long MOST_LEFTOVERS = 128 << 20;

    private final ConnectionContext socketSide;
    private final TlsLine line;
    private final ClientWait wait;
    private final DataReader reader;
    private final DataWriter writer;
    private final ListenerContext listener;
    private final Http1Connection http;

    /** What is asked for and not answered yet; its path decides the form of a refusal. */
    private @Nullable HttpPrologue asked;

    /** Who the client is, once its handshake is over. */
    private volatile @Nullable SecurePeer peer;

    /** Whether the client was told that its request is too large. */
    private boolean bodyRefused;

    WatchedConnection(
            ConnectionContext socketSide,
            TlsLine line,
            ClientWait wait,
            Http1ConnectionSelector http1,
            Function<String, DirectHandlers> answers) {
        this.socketSide = socketSide;
        this.line = line;
        this.wait = wait;
        this.reader = DataReader.create(this::receive);
        this.writer = new WatchedWriter();
        this.listener =
                new PathContext(
                        socketSide.listenerContext(),
                        () -> answers.apply(asked == null ? "" : asked.uriPath().rawPath()));
        this.http = (Http1Connection) http1.connection(this);
    }

    ClientWait clientWait() {
        return wait;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        try {
            http.handle(limit);
            if (bodyRefused) {
                readLeftovers();
            }
        } finally {
            wait.forGoodbye();
            line.close();
        }
    }

    /**
     * The connection ends with the request that is being served. What the client sent after it, or
     * of its body, is not taken for another one. While a request line is being read, this is the
     * answer to a bad one, after which Helidon ends by itself; to close then would interrupt it.
     */
    void noFurtherRequest() {
        if (!http.canInterrupt()) {
            http.close(false);
        }
    }

    void asks(HttpPrologue prologue) {
        asked = prologue;
        wait.requestLine();
    }

    void answers(Status status) {
        asked = null;
        bodyRefused = status.code() == Status.REQUEST_ENTITY_TOO_LARGE_413.code();
    }

    /**
     * Lets a client that was refused in the middle of sending come to its end: to close at once
     * would reset the connection and could take the answer with it (RFC 9112, section 9.6).
     */
    private void readLeftovers() {
        long left = MOST_LEFTOVERS;
        long until = System.nanoTime() + wait.longestWrite().toNanos();
        while (left > 0 && System.nanoTime() - until < 0) {
            wait.forLeftovers();
            byte @Nullable [] bytes;
            try {
                bytes = line.receive();
            } catch (UncheckedIOException broken) {
                return;
            } finally {
                wait.over();
            }
            if (bytes == null) {
                return;
            }
            left -= bytes.length;
        }
    }

    @Override
    public boolean canInterrupt() {
        return http.canInterrupt();
    }

    @Override
    public Duration idleTime() {
        return http.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
        http.close(interrupt);
    }

    private byte @Nullable [] receive() {
        wait.forBytes(http.canInterrupt());
        byte @Nullable [] bytes;
        try {
            bytes = line.receive();
        } catch (UncheckedIOException broken) {
            throw new ServerConnectionException("the client's connection broke", broken);
        } finally {
            wait.over();
        }
        wait.received();
        return bytes;
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public DataWriter dataWriter() {
        return writer;
    }

    @Override
    public HelidonSocket serverSocket() {
        return socketSide.serverSocket();
    }

    @Override
    public ListenerContext listenerContext() {
        return listener;
    }

    @Override
    public ExecutorService executor() {
        return socketSide.executor();
    }

    @Override
    public Router router() {
        return socketSide.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return socketSide.proxyProtocolData();
    }

    /** Asked for with every request, when the handshake is over; there is only one. */
    @Override
    public PeerInfo remotePeer() {
        SecurePeer known = peer;
        if (known == null) {
            known = new SecurePeer(socketSide.remotePeer(), line.engine().getSession());
            if (line.established()) {
                peer = known;
            }
        }
        return known;
    }

    @Override
    public PeerInfo localPeer() {
        return socketSide.localPeer();
    }

    @Override
    public boolean isSecure() {
        return true;
    }

    @Override
    public String socketId() {
        return socketSide.socketId();
    }

    @Override
    public String childSocketId() {
        return socketSide.childSocketId();
    }

    /** Writes at once, each write under its own deadline. */
    private final class WatchedWriter implements DataWriter {
        @Override
        public void write(BufferData buffer) {
            wait.forWrite(buffer.available());
            try {
                line.send(buffer);
            } finally {
                wait.over();
            }
        }

        @Override
        public void writeNow(BufferData buffer) {
            write(buffer);
        }

        @Override
        public void write(BufferData... buffers) {
            write(BufferData.create(buffers));
        }

        @Override
        public void writeNow(BufferData... buffers) {
            write(BufferData.create(buffers));
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // The connection says goodbye when it is served.
        }
    }
}
