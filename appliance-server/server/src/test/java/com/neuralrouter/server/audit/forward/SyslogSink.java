package com.neuralrouter.server.audit.forward;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A syslog receiver over TLS that keeps what it has read at once and can be killed at any moment.
 * One object is one life of it; the next one takes the same port.
 */
final class SyslogSink implements AutoCloseable {
    private final ServerSocket listener;
    private final SSLContext context;
    private final Consumer<String> kept;
    private final Manners manners;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Set<SSLSocket> sessions = ConcurrentHashMap.newKeySet();
    private final AtomicLong frames = new AtomicLong();

    /** Guarded by this: nothing is kept any more, as of a process that is gone. */
    private boolean dead;

    /** How it ends a connection that was ended to it. */
    enum Manners {
        CLOSE_NOTIFY,
        CLOSE_NOTIFY_TO_KNOWN_CLIENTS,
        TCP_END
    }

    /**
     * @param port 0 for one that is free
     */
    SyslogSink(int port, SSLContext context, Manners manners, Consumer<String> kept)
            throws IOException {
        this.context = context;
        this.manners = manners;
        this.kept = kept;
        this.listener = bound(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread.ofVirtual().start(this::accept);
    }

    /** The life before has left the port when its last call of accept has noticed its end. */
    private static ServerSocket bound(InetSocketAddress address) throws IOException {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (true) {
            var socket = new ServerSocket();
            socket.setReuseAddress(true);
            try {
                socket.bind(address);
                return socket;
            } catch (BindException taken) {
                socket.close();
                if (System.nanoTime() - deadline > 0) {
                    throw taken;
                }
                LockSupport.parkNanos(2_000_000);
            }
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How many messages it has kept in this life. */
    long frames() {
        return frames.get();
    }

    /** As kill -9 does: what was read by nobody is gone, and the system ends the connections. */
    void kill() throws IOException {
        synchronized (this) {
            dead = true;
        }
        listener.close();
        for (Socket each : connections) {
            each.close();
        }
    }

    /** As kill -9 does where a firewall between answers for it. */
    void killWithResets() throws IOException {
        synchronized (this) {
            dead = true;
        }
        listener.close();
        for (Socket each : connections) {
            try {
                each.setSoLinger(true, 0);
            } catch (SocketException _) {
                // It has just ended by itself.
            }
            each.close();
        }
    }

    /** Stops as a service does: TLS is ended in order while entries are under way. */
    void stopPolitely() throws IOException {
        synchronized (this) {
            dead = true;
        }
        listener.close();
        for (SSLSocket each : sessions) {
            each.close();
        }
        for (Socket each : connections) {
            each.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                connections.add(socket);
                if (dead()) {
                    socket.close();
                }
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException _) {
            // It was killed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var tls =
                    (SSLSocket)
                            context.getSocketFactory().createSocket(socket, null, port(), false);
            tls.setUseClientMode(false);
            tls.setNeedClientAuth(manners == Manners.CLOSE_NOTIFY_TO_KNOWN_CLIENTS);
            sessions.add(tls);
            read(new BufferedInputStream(tls.getInputStream()));
            if (manners != Manners.TCP_END && !dead()) {
                tls.shutdownOutput();
            }
        } catch (IOException _) {
            // The other side broke off, or this one was killed.
        } finally {
            connections.remove(socket);
        }
    }

    private void read(InputStream in) throws IOException {
        while (true) {
            int length = 0;
            int digit = in.read();
            if (digit < 0) {
                return;
            }
            for (; digit != ' '; digit = in.read()) {
                if (digit < '0' || digit > '9') {
                    throw new IOException("no length");
                }
                length = length * 10 + digit - '0';
            }
            byte[] message = in.readNBytes(length);
            if (message.length < length) {
                return;
            }
            keep(new String(message, StandardCharsets.UTF_8));
        }
    }

    private synchronized boolean dead() {
        return dead;
    }

    private synchronized void keep(String message) {
        if (!dead) {
            kept.accept(message);
            frames.incrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        kill();
    }
}
