package com.neuralrouter.server.listener;

import com.neuralrouter.server.id.Ids;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * The appliance's open sockets. Started once by the composition root, closed once; safe for all
 * threads.
 */
public final class Listeners implements AutoCloseable {
    private static final int BACKLOG = 4_096;

    private final Ids ids;
    private final Duration grace;
    private final ConnectionDeadlines deadlines;
    private final TlsBuffers buffers = new TlsBuffers();
    private final Map<Plane, Started> started = new EnumMap<>(Plane.class);

    private record Started(WebServer server, ListenerTls tls) {}

    private Listeners(ClientDeadlines deadlines, Duration grace, Ids ids) {
        this.ids = ids;
        this.grace = grace;
        this.deadlines = new ConnectionDeadlines(deadlines);
    }

    /**
     * Starts all, or none: throws {@link ListenerUnavailable} when one can't be bound.
     *
     * @param grace how long {@link #close()} waits for requests that are being served
     */
    public static Listeners start(
            List<ListenerSpec> specs, ClientDeadlines deadlines, Duration grace, Ids ids) {
        FastX25519.install();
        var listeners = new Listeners(deadlines, grace, ids);
        try {
            specs.forEach(listeners::start);
            return listeners;
        } catch (RuntimeException unavailable) {
            listeners.close();
            throw unavailable;
        }
    }

    /** The port that a listener is bound to. */
    public int port(Plane plane) {
        return of(plane).server().port();
    }

    /**
     * Serves new connections with other certificates; those that are open live on. Throws {@link
     * IllegalArgumentException} when the material can't be used, and goes on with the old one.
     */
    public void reloadTls(Plane plane, TlsMaterial material) {
        of(plane).tls().reload(material);
    }

    /** How many connections the listeners hold at the moment, to within a second. */
    public int connections() {
        return deadlines.connections();
    }

    /**
     * Takes no more connections and no more requests, waits for those that are being served, and
     * cuts what is left after the grace period.
     */
    @Override
    public void close() {
        try (var stopping = Executors.newVirtualThreadPerTaskExecutor()) {
            started.values().forEach(listener -> stopping.submit(listener.server()::stop));
        }
        deadlines.close();
    }

    private void start(ListenerSpec spec) {
        requireFree(spec);
        var tls = new ListenerTls(spec.plane(), spec.tls());
        WebServer server = server(spec, tls);
        server.start();
        // Helidon logs a failure to bind and returns as if nothing had happened.
        if (!server.isRunning() || server.port() <= 0) {
            throw unavailable(spec, "cannot be bound");
        }
        started.put(spec.plane(), new Started(server, tls));
    }

    /**
     * Helidon is told of no TLS: every connection speaks it in its {@link TlsLine}. And of no NIO:
     * its socket for that holds 16 KB where the other one holds 8.
     */
    private WebServer server(ListenerSpec spec, ListenerTls tls) {
        ListenerLimits limits = spec.limits();
        return WebServer.builder()
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(
                        new WatchedHttp1(
                                deadlines,
                                tls,
                                buffers,
                                limits.headBytes(),
                                spec.plane().checksAnswers(),
                                path -> DirectAnswers.in(spec.errors(), ids, path)))
                .host(spec.host())
                .port(spec.port())
                .backlog(BACKLOG)
                .useNio(false)
                .connectionOptions(
                        SocketOptions.builder().tcpNoDelay(true).socketKeepAlive(true).build())
                .maxPayloadSize(limits.bodyBytes())
                .maxTcpConnections(limits.connections())
                .maxConcurrentRequests(limits.concurrentRequests())
                .writeBufferSize(0)
                .shutdownHook(false)
                .shutdownGracePeriod(grace)
                .directHandlers(DirectAnswers.in(spec.errors(), ids, ""))
                .routing(spec.routing().addFilter(new AnswerHeaders(ids)))
                .build();
    }

    private static void requireFree(ListenerSpec spec) {
        try (var probe = ServerSocketChannel.open()) {
            probe.bind(new InetSocketAddress(InetAddress.getByName(spec.host()), spec.port()));
        } catch (UnknownHostException unknown) {
            throw unavailable(spec, "is not an address of this machine");
        } catch (BindException taken) {
            throw unavailable(spec, reason(taken));
        } catch (IOException failed) {
            throw unavailable(spec, "cannot be bound");
        }
    }

    private static String reason(BindException failure) {
        String text = String.valueOf(failure.getMessage());
        if (text.contains("assign")) {
            return "is not an address of this machine";
        }
        if (text.contains("ermission")) {
            return "needs more rights than this process has; choose a port above 1023";
        }
        return "is in use";
    }

    private static ListenerUnavailable unavailable(ListenerSpec spec, String reason) {
        return new ListenerUnavailable(
                "port %d on %s (%s listener) %s"
                        .formatted(spec.port(), spec.host(), spec.plane().label(), reason));
    }

    private Started of(Plane plane) {
        Started listener = started.get(plane);
        if (listener == null) {
            throw new IllegalStateException("the " + plane.label() + " listener was not started");
        }
        return listener;
    }
}
