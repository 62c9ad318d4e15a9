package com.neuralrouter.server.provider.http;

import com.neuralrouter.server.provider.Connection;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.http.UpstreamException.Kind;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The connections to one endpoint, and the exchanges over them. The connection used last is used
 * next, so that those a burst needed expire. How many are in use at once is for the listener's
 * limit on requests to bound. Safe for all threads.
 */
public final class UpstreamPool implements AutoCloseable {
    private static final int MOST_IDLE = 1_024;
    private static final byte[] NO_BODY = {};

    /** Adds headers to a request. */
    @FunctionalInterface
    public interface Headers {
        void write(HeadWriter head) throws UpstreamException;
    }

    private final Endpoint endpoint;
    private final UpstreamTimeouts timeouts;
    private final HostResolver resolver;
    private final DeadlineWatch watch;
    private final String host;
    private final int port;
    private final @Nullable UpstreamTls tls;

    /** The head's fixed parts, before and after the path below the base URL. */
    private final byte[] post;

    private final byte[] get;
    private final byte[] afterPath;

    private final ConcurrentLinkedDeque<UpstreamConnection> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger idleCount = new AtomicInteger();
    private final HeadWriters requests = new HeadWriters();
    private volatile boolean closed;

    UpstreamPool(
            Endpoint endpoint,
            UpstreamTimeouts timeouts,
            HostResolver resolver,
            DeadlineWatch watch)
            throws UpstreamException {
        this.endpoint = endpoint;
        this.timeouts = timeouts.with(endpoint.options().patience());
        this.resolver = resolver;
        this.watch = watch;
        URI base = ascii(endpoint.baseUrl());
        boolean secure = "https".equalsIgnoreCase(base.getScheme());
        String authority = base.getHost();
        boolean bracketed = authority.startsWith("[");
        this.host = bracketed ? authority.substring(1, authority.length() - 1) : authority;
        int usualPort = secure ? 443 : 80;
        this.port = base.getPort() < 0 ? usualPort : base.getPort();
        this.tls = secure ? tls(endpoint) : null;
        String path = base.getRawPath();
        String prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        this.post = HeadWriter.ascii("POST " + prefix);
        this.get = HeadWriter.ascii("GET " + prefix);
        this.afterPath =
                HeadWriter.ascii(
                        " HTTP/1.1\r\nhost: "
                                + (port == usualPort ? authority : authority + ":" + port)
                                + "\r\nuser-agent: neural-router\r\naccept-encoding: identity\r\n");
    }

    private UpstreamTls tls(Endpoint to) throws UpstreamException {
        return new UpstreamTls(host, port, to.trustedCertificates(), to.pins());
    }

    private static URI ascii(@Nullable URI base) throws UpstreamException {
        // No non-ASCII character, no line end can be in it after this.
        URI ascii = base == null ? null : URI.create(base.toASCIIString());
        if (ascii == null || ascii.getHost() == null || ascii.getRawPath() == null) {
            throw UpstreamException.unreachable("the provider's base URL names no host");
        }
        return ascii;
    }

    boolean isFor(Endpoint other) {
        return endpoint == other || endpoint.equals(other);
    }

    /**
     * Posts a body and waits for the head of the answer. A kept connection that turns out to be
     * dead before any byte of an answer came is replaced by a fresh one, once: the request cannot
     * have been processed.
     *
     * @param path below the base URL
     * @param deadline of the exchange as a whole, {@link System#nanoTime()}
     * @param over is told which connection it goes over, before anything is sent
     */
    public UpstreamAnswer post(
            String path, Headers headers, byte[] body, long deadline, Consumer<Connection> over)
            throws UpstreamException {
        return exchange(new Request(post, path, headers, body), deadline, over);
    }

    /** The same without a body, by {@code GET}. */
    public UpstreamAnswer get(String path, Headers headers, long deadline)
            throws UpstreamException {
        return exchange(new Request(get, path, headers, NO_BODY), deadline, _ -> {});
    }

    /**
     * @param method and the path prefix, as they begin the head
     */
    private record Request(byte[] method, String path, Headers headers, byte[] body) {

        /** Shows no content. */
        @Override
        public String toString() {
            return "Request[path=" + path + ", body=redacted]";
        }
    }

    private UpstreamAnswer exchange(Request request, long deadline, Consumer<Connection> over)
            throws UpstreamException {
        UpstreamConnection kept = takeIdle(deadline);
        if (kept != null) {
            over.accept(Connection.KEPT);
            UpstreamAnswer answer = overKept(kept, request);
            if (answer != null) {
                return answer;
            }
            over.accept(Connection.NONE);
        }
        return over(connect(deadline, over), request);
    }

    /** Null if the connection was dead. */
    private @Nullable UpstreamAnswer overKept(UpstreamConnection kept, Request request)
            throws UpstreamException {
        try {
            UpstreamAnswer answer = over(kept, request);
            if (answer.status() != 408 || answer.head().keepAlive()) {
                return answer;
            }
            // The server had given the idle connection up, before it saw the request.
            answer.close();
            return null;
        } catch (UpstreamException e) {
            if (e.kind() != Kind.UNREACHABLE || kept.answered()) {
                throw e;
            }
            return null;
        }
    }

    private UpstreamAnswer over(UpstreamConnection connection, Request request)
            throws UpstreamException {
        boolean begun = false;
        try {
            connection.allow(timeouts.firstByte(), "the provider began no answer in time");
            boolean sentWhole = send(connection, request);
            var head = new ResponseHead();
            head.read(connection);
            var rest = new ResponseBody(connection, head, timeouts.betweenBytes());
            var answer = new UpstreamAnswer(this, connection, head, rest, sentWhole);
            begun = true;
            return answer;
        } finally {
            if (!begun) {
                connection.cut();
            }
        }
    }

    /** False if the peer stopped reading: its answer, as 413, may be there nevertheless. */
    private boolean send(UpstreamConnection connection, Request request) throws UpstreamException {
        HeadWriter head = requests.take();
        byte[] body = request.body();
        try {
            head.fixed(request.method()).path(request.path()).fixed(afterPath);
            request.headers().write(head);
            head.end(body.length);
            boolean fits = head.fits(body);
            if (fits) {
                head.append(body);
            }
            connection.at = 0;
            connection.end = 0;
            return write(connection, head, fits ? NO_BODY : body);
        } finally {
            requests.give(head);
        }
    }

    private static boolean write(UpstreamConnection connection, HeadWriter request, byte[] body)
            throws UpstreamException {
        try {
            connection.write(request.buffer(), 0, request.length());
            if (body.length > 0) {
                connection.write(body, 0, body.length);
            }
            return true;
        } catch (UpstreamException e) {
            if (e.kind() != Kind.UNREACHABLE) {
                throw e;
            }
            return false;
        }
    }

    private UpstreamConnection connect(long deadline, Consumer<Connection> over)
            throws UpstreamException {
        if (closed) {
            throw new UpstreamException(Kind.CANCELLED, "the provider's connections were closed");
        }
        long began = System.nanoTime();
        long until = began + timeouts.connect().toNanos();
        if (until - deadline > 0) {
            until = deadline;
        }
        InetAddress[] addresses = resolver.resolve(host, until);
        long found = System.nanoTime();
        Socket socket = reach(addresses, until);
        long reached = System.nanoTime();
        var connection = new UpstreamConnection(socket, this, watch, until, deadline);
        try {
            connection.use(tls == null ? socket : tls.over(socket));
            long secured = tls == null ? reached : System.nanoTime();
            over.accept(Connection.made(found - began, reached - found, secured - reached));
            return connection;
        } catch (IOException e) {
            UpstreamException failure = connection.broken(UpstreamTls.reason(e));
            connection.cut();
            throw failure;
        }
    }

    /** Tries the addresses in turn; each gets its share of the time that is left. */
    private Socket reach(InetAddress[] addresses, long until) throws UpstreamException {
        UpstreamException last = UpstreamException.unreachable("the host has no address");
        for (int i = 0; i < addresses.length; i++) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                throw notInTime();
            }
            int share = Math.clamp(left / (addresses.length - i), 1, Integer.MAX_VALUE);
            var socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.setKeepAlive(true);
                socket.connect(new InetSocketAddress(addresses[i], port), share);
                return socket;
            } catch (IOException e) {
                closeQuietly(socket);
                last = failure(e);
                if (last.kind() == Kind.CANCELLED) {
                    throw last;
                }
            }
        }
        throw last;
    }

    private static UpstreamException failure(IOException e) {
        if (Thread.currentThread().isInterrupted()) {
            return new UpstreamException(Kind.CANCELLED, "the request was cancelled");
        }
        return switch (e) {
            case SocketTimeoutException _ -> notInTime();
            case NoRouteToHostException _ ->
                    UpstreamException.unreachable("there is no route to the host");
            case ConnectException refused
                    when String.valueOf(refused.getMessage()).contains("refused") ->
                    UpstreamException.unreachable("the connection was refused");
            default -> UpstreamException.unreachable("the host cannot be reached");
        };
    }

    private static UpstreamException notInTime() {
        return new UpstreamException(Kind.TIMED_OUT, "the connection was not made in time");
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It never was connected.
        }
    }

    private @Nullable UpstreamConnection takeIdle(long deadline) {
        while (true) {
            UpstreamConnection connection = idle.pollFirst();
            if (connection == null) {
                return null;
            }
            idleCount.decrementAndGet();
            if (connection.take(deadline) && !connection.hasStrayBytes()) {
                return connection;
            }
            connection.cut();
        }
    }

    void release(UpstreamConnection connection, boolean reusable) {
        boolean kept =
                reusable
                        && !closed
                        && idleCount.get() < MOST_IDLE
                        && connection.rest(timeouts.idle());
        if (!kept) {
            connection.cut();
            return;
        }
        idleCount.incrementAndGet();
        idle.addFirst(connection);
        if (closed) {
            cutIdle();
        }
    }

    /** An idle connection has expired. */
    void forget(UpstreamConnection connection) {
        if (idle.removeLastOccurrence(connection)) {
            idleCount.decrementAndGet();
        }
    }

    /** Cuts idle connections; exchanges go on, but their connections are kept no more. */
    @Override
    public void close() {
        closed = true;
        cutIdle();
    }

    private void cutIdle() {
        for (UpstreamConnection c; (c = idle.pollFirst()) != null; ) {
            idleCount.decrementAndGet();
            c.cut();
        }
    }
}
