package com.neuralrouter.server.control;

import jdk.net.ExtendedSocketOptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ProtocolException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Serves one request on each connection to a Unix domain socket that only its owner can open: the
 * socket has mode 0600 and its folder must be the owner's alone. A body has at most {@link
 * #MAX_BODY} bytes, a request 10 s to arrive, and a few connections are served at a time.
 *
 * <p>The bootstrap makes it while it holds the site's lock, so a socket that is there already was
 * left by a server that is dead. Closing it ends it and removes the file; twice is as good as once.
 */
public final class ControlSocket implements AutoCloseable {
    /** The largest passphrase, PIN, token or share. */
    public static final int MAX_BODY = 4096;

    /** The path of a socket in sockaddr_un (unix(7)) has 108 bytes with the zero at its end. */
    private static final int MAX_PATH = 107;

    private static final int CONNECTIONS = 16;
    private static final Duration TO_SEND = Duration.ofSeconds(10);
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE);
    private static final Logger LOG = System.getLogger(ControlSocket.class.getName());

    private final Path file;
    private final ServerSocketChannel server;
    private final Handler handler;
    private final Semaphore free = new Semaphore(CONNECTIONS);
    private final AtomicBoolean closed = new AtomicBoolean();

    private ControlSocket(Path file, ServerSocketChannel server, Handler handler) {
        this.file = file;
        this.server = server;
        this.handler = handler;
    }

    /** Answers requests, on many threads at once. */
    @FunctionalInterface
    public interface Handler {
        ControlAnswer answer(ControlRequest request);
    }

    /** The socket can't be had; the message is one sentence for the operator. */
    public static final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unavailable(String sentence) {
            super(sentence, null, false, false);
        }
    }

    /** Opens the socket and serves it. Throws {@link Unavailable}. */
    public static ControlSocket open(Path file, Handler handler) {
        Path path = file.toAbsolutePath();
        int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_PATH) {
            throw new Unavailable(
                    "The path of the control socket %s has %d bytes and the system takes at most %d; give the site's folder a shorter path."
                            .formatted(path, bytes, MAX_PATH));
        }
        try {
            refuseOthers(path.resolveSibling(""));
            Files.deleteIfExists(path);
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                server.bind(UnixDomainSocketAddress.of(path));
                if (posix(path)) {
                    Files.setPosixFilePermissions(
                            path, PosixFilePermissions.fromString("rw-------"));
                }
                var socket = new ControlSocket(path, server, handler);
                Thread.ofVirtual().name("control-accept").start(socket::accept);
                return socket;
            } catch (IOException failure) {
                server.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new Unavailable(
                    "The control socket %s can't be opened: %s."
                            .formatted(path, failure.getClass().getSimpleName()));
        }
    }

    private static void refuseOthers(Path folder) throws IOException {
        if (posix(folder) && !OWNER.containsAll(Files.getPosixFilePermissions(folder))) {
            throw new Unavailable(
                    "Others than its owner may enter %s, where the control socket belongs; run 'chmod 700' on it."
                            .formatted(folder));
        }
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private void accept() {
        while (!closed.get()) {
            try {
                free.acquire();
                boolean handed = false;
                try {
                    SocketChannel connection = server.accept();
                    Thread.ofVirtual().name("control").start(() -> serve(connection));
                    handed = true;
                } finally {
                    if (!handed) {
                        free.release();
                    }
                }
            } catch (IOException failure) {
                if (!closed.get()) {
                    LOG.log(
                            Level.ERROR,
                            "the control socket has failed cause={0}",
                            failure.getClass().getName());
                }
                return;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            ControlMessage message;
            try (var _ = ControlDeadline.on(connection, TO_SEND)) {
                message = ControlMessage.read(connection, MAX_BODY);
            } catch (ProtocolException malformed) {
                send(
                        connection,
                        ControlAnswer.problem(400, String.valueOf(malformed.getMessage())));
                return;
            }
            try (var body = message.body()) {
                send(connection, answer(message, account(connection)));
            }
        } catch (IOException _) {
            // The caller has gone, or took too long; it is the one that wanted something.
        } finally {
            free.release();
        }
    }

    private ControlAnswer answer(ControlMessage message, String account) throws IOException {
        String[] first = message.first().split(" ", -1);
        if (first.length != 3 || !first[2].startsWith("HTTP/1.")) {
            return ControlAnswer.problem(400, "This socket speaks HTTP/1.1.");
        }
        String[] target = first[1].split("\\?", 2);
        try {
            Map<String, String> query = ControlMessage.query(target.length == 2 ? target[1] : "");
            return handler.answer(
                    new ControlRequest(first[0], target[0], query, message.body(), account));
        } catch (ProtocolException malformed) {
            return ControlAnswer.problem(400, String.valueOf(malformed.getMessage()));
        } catch (RuntimeException failed) {
            // Its message may carry what nobody may read.
            LOG.log(
                    Level.ERROR,
                    "a request on the control socket failed cause={0}",
                    failed.getClass().getName());
            return ControlAnswer.problem(500, "The request failed; see the appliance's log.");
        }
    }

    private static void send(SocketChannel connection, ControlAnswer answer) throws IOException {
        try (answer;
                var _ = ControlDeadline.on(connection, TO_SEND)) {
            String line = "HTTP/1.1 " + answer.status() + " ";
            ControlMessage.write(
                    connection, line, Map.of("Content-Type", answer.type()), answer.body());
        }
    }

    private static String account(SocketChannel connection) {
        try {
            return connection.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
        } catch (UnsupportedOperationException | IOException _) {
            // A system that doesn't tell, as Windows: the folder's access list let it in.
            return "unknown";
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                server.close();
                Files.deleteIfExists(file);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
