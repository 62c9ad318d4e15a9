package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.listener.RawClient;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Hundreds of streams at once (a thousand in the long profile), of apps that read, that are slow,
 * and that leave in the middle. After each round nothing of them is left: no memory, no thread, no
 * socket; and each that read to the end got every event once and in order.
 */
class StreamSoakIT {
    private static final int MOST_STREAMS = 1_000;
    private static final int LEAST_ROUNDS = 3;

    /** So many that the first stream is still open when the last one begins. */
    private static final int EVENTS_OF_MANY = 100;

    private static final int EVENTS = 20;
    private static final int PAUSE_MILLIS = 100;
    private static final Duration SETTLING = Duration.ofSeconds(60);

    /** What a collection may find more of after a round than after the first. */
    private static final long FLAT_BYTES = 12L << 20;

    private final Semaphore connecting = new Semaphore(16);
    private final AtomicInteger streaming = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private Gateway gateway;

    /** How many each stream has; those who leave do it after three quarters. */
    private volatile int events = EVENTS;

    private enum App {
        READS,
        IS_SLOW,
        LEAVES
    }

    private record Use(long heapBytes, int threads, int appConnections, int upstreamConnections) {}

    @BeforeEach
    void start() throws IOException {
        var patient = new UpstreamTimeouts(SETTLING, SETTLING, SETTLING, SETTLING);
        gateway = new Gateway(MOST_STREAMS, patient, SETTLING.multipliedBy(3));
        gateway.first.always(exchange -> {
            most.accumulateAndGet(streaming.incrementAndGet(), Math::max);
            try {
                stream(exchange);
            } finally {
                streaming.decrementAndGet();
            }
        });
    }

    private void stream(FakeUpstream.Exchange exchange) throws IOException, InterruptedException {
        exchange.write(
                "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
                        + "transfer-encoding: chunked\r\n\r\n");
        for (int i = 0; i < events; i++) {
            exchange.chunk(event(i));
            exchange.pause(PAUSE_MILLIS);
        }
        exchange.chunk("data: [DONE]\n\n");
        exchange.write("0\r\n\r\n");
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    @Test
    @Timeout(300)
    void leavesNothingBehindAfterThreeRounds() throws Exception {
        soak(300, Duration.ZERO);
    }

    @Test
    @Tag("long")
    @Timeout(1_200)
    void leavesNothingBehindAfterTenMinutes() throws Exception {
        events = EVENTS_OF_MANY;

        soak(MOST_STREAMS, Duration.ofMinutes(10));

        assertThat(most.get()).isEqualTo(MOST_STREAMS);
    }

    private void soak(int streams, Duration duration) throws Exception {
        round(streams);
        Use first = use();
        long until = System.nanoTime() + duration.toNanos();
        int rounds = 1;
        Use last = first;
        while (rounds < LEAST_ROUNDS || System.nanoTime() - until < 0) {
            round(streams);
            rounds++;
            last = use();
        }
        System.out.printf(
                "soak: %d rounds of %d streams of %d events, up to %d at once; after the first %s,"
                        + " after the last %s%n",
                rounds, streams, events, most.get(), first, last);

        assertThat(last.heapBytes()).isLessThan(first.heapBytes() + FLAT_BYTES);
        assertThat(last.threads()).isLessThanOrEqualTo(first.threads() + 4);
        assertThat(last.appConnections()).isZero();
        assertThat(last.upstreamConnections()).isLessThanOrEqualTo(streams);
    }

    private void round(int streams) throws Exception {
        List<Future<Integer>> apps = new ArrayList<>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < streams; i++) {
                App app = App.values()[i % App.values().length];
                apps.add(pool.submit(() -> stream(app)));
            }
        }
        for (int i = 0; i < streams; i++) {
            boolean leaves = i % App.values().length == App.LEAVES.ordinal();
            assertThat(came(apps.get(i))).isEqualTo(leaves ? leaving() : events);
        }
        await(() -> gateway.connections() == 0, "the apps' connections");
        gateway.first.forgetRequests();
        gateway.journal.drain();
    }

    private static int came(Future<Integer> app) throws InterruptedException {
        try {
            return app.get();
        } catch (ExecutionException failed) {
            throw new AssertionError("a stream failed", failed.getCause());
        }
    }

    private int leaving() {
        return events * 3 / 4;
    }

    /** How many events came, each in its turn. */
    private int stream(App app) throws Exception {
        try (RawClient client = connect()) {
            client.socket().setSoTimeout((int) SETTLING.toMillis());
            client.send(Answer.chat(gateway, "", Answer.body("m", ",\"stream\":true")));
            var lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    client.socket().getInputStream(), StandardCharsets.UTF_8),
                            256);
            int came = 0;
            for (String line; (line = lines.readLine()) != null; ) {
                if (line.equals("data: [DONE]")) {
                    return came;
                }
                if (!line.startsWith("data: ")) {
                    continue;
                }
                assertThat(line + "\n\n").isEqualTo(event(came));
                came++;
                if (app == App.LEAVES && came == leaving()) {
                    return came;
                }
                if (app == App.IS_SLOW) {
                    boolean _ = new CountDownLatch(1).await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
            throw new IOException("the stream ended after " + came + " events");
        }
    }

    /** A few handshakes at a time, so that none takes longer than the listener waits. */
    private RawClient connect() throws Exception {
        connecting.acquire();
        try {
            return gateway.connect();
        } finally {
            connecting.release();
        }
    }

    private Use use() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, usedBytes());
        }
        return new Use(
                least,
                ManagementFactory.getThreadMXBean().getThreadCount(),
                gateway.connections(),
                gateway.first.openConnections());
    }

    private static long usedBytes() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void await(BooleanSupplier condition, String what) throws InterruptedException {
        long until = System.nanoTime() + SETTLING.toNanos();
        var never = new CountDownLatch(1);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - until).as("waiting for %s", what).isNegative();
            boolean _ = never.await(50, TimeUnit.MILLISECONDS);
        }
    }

    private static String event(int number) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%d\"}}]}\n\n"
                .formatted(number);
    }
}
