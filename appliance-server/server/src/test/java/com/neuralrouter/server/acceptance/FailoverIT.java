package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.provider.FakeUpstream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The first of two upstreams dies in the middle of a series of requests, with some of them at it:
 * no request fails but those whose stream the app had begun to see.
 */
class FailoverIT {
    private static final String MODEL = "small-chat";
    private static final int REQUESTS = 500;
    private static final int AT_ONCE = 8;

    /** How many the first upstream answers before it gets stuck. */
    private static final int BEFORE = 200;

    @TempDir private Path folder;

    /** What an app got: the text of the answer, and how it ended if it was cut. */
    private record Outcome(boolean stream, int status, String text, String cut) {

        boolean whole() {
            boolean ended = stream ? text.contains("data: [DONE]\n\n") : cut.isEmpty();
            return status == 200 && ended && text.contains("the ");
        }

        boolean hadBegun() {
            return stream && status == 200 && text.startsWith("data: {\"id\"");
        }
    }

    @Test
    void noRequestFailsThatHadNotBegunToStream() throws Exception {
        try (FakeUpstream first = FakeUpstream.start();
                FakeUpstream second = FakeUpstream.start();
                RunningSite site = RunningSite.start(folder.resolve("site"));
                App app = site.app(site.openFor(MODEL, first, second))) {
            var stuck = new CountDownLatch(4);
            first.always(stuckAfter(BEFORE, stuck));
            second.always(Completions.asAsked(MODEL, "from ", "the ", "second"));

            List<Outcome> outcomes;
            try (ExecutorService apps = Executors.newFixedThreadPool(AT_ONCE)) {
                List<Future<Outcome>> series = new ArrayList<>();
                for (int i = 0; i < REQUESTS; i++) {
                    boolean stream = i % 3 == 0;
                    series.add(apps.submit((Callable<Outcome>) () -> ask(app, stream)));
                }
                assertThat(stuck.await(60, TimeUnit.SECONDS)).as("requests got stuck").isTrue();
                first.die();
                outcomes = results(series);
            }

            List<Outcome> broken = outcomes.stream().filter(one -> !one.whole()).toList();
            System.out.printf(
                    "failover: %d requests, %d at the first upstream, %d at the second, %d streams"
                            + " broken that had begun%n",
                    REQUESTS, first.requests().size(), second.requests().size(), broken.size());
            assertThat(broken).as("requests that failed").allMatch(Outcome::hadBegun);
            assertThat(broken)
                    .as("told so in the stream")
                    .allMatch(one -> one.text().contains("\"code\":\"upstream_failed\""));
            assertThat(broken).hasSizeLessThan(AT_ONCE);
            assertThat(first.requests()).hasSizeBetween(BEFORE, REQUESTS - 100);
            assertThat(second.requests()).hasSizeGreaterThan(100);
        }
    }

    /** Two streams, after their first event, and two other requests are left waiting. */
    private static FakeUpstream.Behaviour stuckAfter(int answered, CountDownLatch stuck) {
        var served = new AtomicInteger();
        var streams = new Semaphore(2);
        var others = new Semaphore(2);
        var usual = Completions.asAsked(MODEL, "from ", "the ", "first");
        return exchange -> {
            boolean stream = Completions.wantsStream(exchange);
            if (served.incrementAndGet() <= answered || !(stream ? streams : others).tryAcquire()) {
                usual.serve(exchange);
                return;
            }
            if (stream) {
                exchange.write(
                        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
                                + "transfer-encoding: chunked\r\n\r\n");
                exchange.chunk(
                        "data: "
                                + Completions.chunk(MODEL, "{\"content\":\"from \"}", "null")
                                + "\n\n");
            }
            stuck.countDown();
            exchange.awaitLeave();
        };
    }

    private static Outcome ask(App app, boolean stream) throws IOException {
        String body = stream ? App.stream(MODEL, "Who?") : App.chat(MODEL, "Who?");
        HttpResponse<InputStream> response =
                app.send(body, HttpResponse.BodyHandlers.ofInputStream());
        var text = new ByteArrayOutputStream();
        String cut = "";
        try (InputStream in = response.body()) {
            in.transferTo(text);
        } catch (IOException e) {
            cut = e.toString();
        }
        return new Outcome(
                stream, response.statusCode(), text.toString(StandardCharsets.UTF_8), cut);
    }

    private static List<Outcome> results(List<Future<Outcome>> series) throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        for (Future<Outcome> one : series) {
            outcomes.add(one.get(60, TimeUnit.SECONDS));
        }
        return outcomes;
    }
}
