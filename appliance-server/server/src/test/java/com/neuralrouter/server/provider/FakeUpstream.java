package com.neuralrouter.server.provider;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import javax.net.ssl.SSLContext;

/**
 * A provider for tests: an HTTP/1.1 server on a real socket that does what a test tells it to, byte
 * by byte, and keeps what it was asked.
 *
 * <pre>{@code
 * try (FakeUpstream upstream = FakeUpstream.start()) {
 *     upstream.next(x -> x.reset());               // for one request
 *     upstream.always(FakeUpstream.json("{}"));    // for all others
 *     ... upstream.baseUrl() ...
 *     assertThat(upstream.requests()).hasSize(2);
 * }
 * }</pre>
 */
public final class FakeUpstream implements AutoCloseable {

    /** What is done with one request. */
    @FunctionalInterface
    public interface Behaviour {
        void serve(Exchange exchange) throws IOException, InterruptedException;
    }

    /**
     * A request as it came.
     *
     * @param connection the number of the connection, from 1 on
     * @param headers by name in lower case
     */
    public record Received(
            int connection, String requestLine, Map<String, String> headers, byte[] body) {

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }

        public String text() {
            return new String(body, UTF_8);
        }
    }

    private final ServerSocket server;
    private final String scheme;
    private final Queue<Behaviour> behaviours = new ConcurrentLinkedQueue<>();
    private final List<Received> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Behaviour usual = json("{}");

    private FakeUpstream(ServerSocket server, String scheme) {
        this.server = server;
        this.scheme = scheme;
    }

    public static FakeUpstream start() throws IOException {
        return start(new ServerSocket(0, 2_000, InetAddress.getLoopbackAddress()), "http");
    }

    public static FakeUpstream startTls(SSLContext tls) throws IOException {
        return start(
                tls.getServerSocketFactory()
                        .createServerSocket(0, 2_000, InetAddress.getLoopbackAddress()),
                "https");
    }

    private static FakeUpstream start(ServerSocket socket, String scheme) {
        var upstream = new FakeUpstream(socket, scheme);
        Thread.ofVirtual().name("fake-upstream").start(upstream::accept);
        return upstream;
    }

    /** Answers with a JSON body and a length. */
    public static Behaviour json(String body) {
        return status(200, "content-type: application/json", body);
    }

    /** Answers with a status, headers that are separated by CR LF, and a body with a length. */
    public static Behaviour status(int status, String headers, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        String head = "HTTP/1.1 " + status + " X\r\n" + headers + (headers.isEmpty() ? "" : "\r\n");
        return x -> x.write(head + "content-length: " + bytes.length + "\r\n\r\n" + body);
    }

    /** Answers with events, each of them a chunk. */
    public static Behaviour events(String... data) {
        return x -> {
            x.write(
                    "HTTP/1.1 200 OK\r\n"
                            + "content-type: text/event-stream\r\n"
                            + "transfer-encoding: chunked\r\n\r\n");
            for (String event : data) {
                x.chunk("data: " + event + "\n\n");
            }
            x.write("0\r\n\r\n");
        };
    }

    /** Says nothing, until the test is over or the other side leaves. */
    public static Behaviour hang() {
        return Exchange::awaitLeave;
    }

    /** What is done with the next request that nothing is planned for yet. */
    public FakeUpstream next(Behaviour behaviour) {
        behaviours.add(behaviour);
        return this;
    }

    /** What is done with every request that nothing else is planned for. */
    public FakeUpstream always(Behaviour behaviour) {
        usual = behaviour;
        return this;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Without a path. */
    public URI root() {
        return URI.create(scheme + "://127.0.0.1:" + port());
    }

    /** With the path {@code /v1}. */
    public URI baseUrl() {
        return baseUrl("127.0.0.1");
    }

    public URI baseUrl(String host) {
        return URI.create(scheme + "://" + host + ":" + port() + "/v1");
    }

    public List<Received> requests() {
        return requests;
    }

    /** For tests that go on for long: what it was asked is of no use any more. */
    public void forgetRequests() {
        requests.clear();
    }

    /** How many connections are open at the moment. */
    public int openConnections() {
        return open.size();
    }

    /** How many connections have been accepted. */
    public int connections() {
        return connections.get();
    }

    /** Cuts all connections and takes new ones, as a provider does that is restarted. */
    public void cutConnections() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** Dies as a process does that is killed with bytes unread: every connection is reset. */
    public void die() throws IOException {
        for (Socket socket : open) {
            try {
                socket.setSoLinger(true, 0);
            } catch (SocketException e) {
                // This one is closed already.
            }
        }
        close();
    }

    @Override
    public void close() throws IOException {
        stopped.countDown();
        server.close();
        cutConnections();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                int number = connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket, number));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                Received request = read(in, number);
                requests.add(request);
                Behaviour planned = behaviours.poll();
                (planned == null ? usual : planned).serve(new Exchange(socket, in, request));
            }
        } catch (IOException e) {
            // The other side left, or the behaviour closed it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    private static Received read(InputStream in, int number) throws IOException {
        String requestLine = line(in);
        Map<String, String> headers = new TreeMap<>();
        for (String line; !(line = line(in)).isEmpty(); ) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(name, line.substring(colon + 1).strip(), (a, b) -> a + " | " + b);
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException();
        }
        return new Received(number, requestLine, headers, body);
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b; (b = in.read()) != '\n'; ) {
            if (b < 0) {
                throw new EOFException();
            }
            line.write(b);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    /** One request and the connection it came on. */
    public final class Exchange {
        private final Socket socket;
        private final InputStream in;
        private final Received request;

        private Exchange(Socket socket, InputStream in, Received request) {
            this.socket = socket;
            this.in = in;
            this.request = request;
        }

        public Received request() {
            return request;
        }

        public void write(String text) throws IOException {
            write(text.getBytes(UTF_8));
        }

        public void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        /** One chunk of a chunked body. */
        public void chunk(byte[] bytes) throws IOException {
            var chunk = new ByteArrayOutputStream();
            chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8));
            chunk.writeBytes(bytes);
            chunk.writeBytes("\r\n".getBytes(UTF_8));
            write(chunk.toByteArray());
        }

        public void chunk(String text) throws IOException {
            chunk(text.getBytes(UTF_8));
        }

        /** Byte by byte, with a pause after each. */
        public void drip(String text, int pauseMillis) throws IOException, InterruptedException {
            for (byte b : text.getBytes(UTF_8)) {
                write(new byte[] {b});
                pause(pauseMillis);
            }
        }

        /** Waits, but not beyond the end of the test. */
        public void pause(int millis) throws IOException, InterruptedException {
            if (stopped.await(millis, TimeUnit.MILLISECONDS)) {
                throw new EOFException("the test is over");
            }
        }

        /** Returns when the other side has closed the connection. */
        public void awaitLeave() throws IOException {
            while (in.read() >= 0) {
                // What else it sends does not matter.
            }
            throw new EOFException();
        }

        /** Ends the connection in good order. */
        public void close() throws IOException {
            socket.close();
            throw new EOFException();
        }

        /** Ends the connection with RST. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
            throw new EOFException();
        }
    }

    @Override
    public String toString() {
        return requests.stream()
                .map(received -> received.connection() + ": " + received.requestLine())
                .collect(Collectors.joining("\n"));
    }
}
