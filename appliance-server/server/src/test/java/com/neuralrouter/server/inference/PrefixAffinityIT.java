package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.route.Route;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Requests that begin alike go to the same of four model servers, over real sockets, and no server
 * gets more than a quarter above its share.
 */
class PrefixAffinityIT {
    private static final int SERVERS = 4;
    private static final int CONVERSATIONS = 40;
    private static final int TURNS = 5;
    private static final int AT_ONCE = 32;

    private final List<FakeUpstream> servers = new ArrayList<>();
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new Gateway();
        var upstreams = new ArrayList<Route.Upstream>();
        for (int i = 0; i < SERVERS; i++) {
            FakeUpstream server = FakeUpstream.start();
            servers.add(server);
            server.always(FakeUpstream.json("{\"choices\":[],\"by\":\"" + i + "\"}"));
            upstreams.add(TestRoutes.upstream("vllm-" + i, server));
        }
        gateway.routes(
                List.of(
                        TestRoutes.to(
                                "m",
                                TestRoutes.ways(Strategy.PREFIX_AFFINITY),
                                upstreams.toArray(Route.Upstream[]::new))));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        for (FakeUpstream server : servers) {
            server.close();
        }
    }

    /** The body of a conversation's n-th turn, which repeats all before it. */
    private static String turn(int conversation, int turn) {
        var messages =
                new StringBuilder("{\"role\":\"system\",\"content\":\"You help.\"}")
                        .append(",{\"role\":\"user\",\"content\":\"Case ")
                        .append(conversation)
                        .append("\"}");
        for (int i = 0; i < turn; i++) {
            messages.append(",{\"role\":\"assistant\",\"content\":\"Yes?\"}")
                    .append(",{\"role\":\"user\",\"content\":\"Go on ")
                    .append(i)
                    .append("\"}");
        }
        return "{\"model\":\"m\",\"messages\":[" + messages + "]}";
    }

    private String server(String body) throws IOException {
        Answer answer = Answer.toChat(gateway, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("by").asString();
    }

    @Test
    void everyTurnOfAConversationGoesToTheServerThatHasItsBeginning() throws IOException {
        Set<String> all = new HashSet<>();
        int moved = 0;
        for (int conversation = 0; conversation < CONVERSATIONS; conversation++) {
            String home = server(turn(conversation, 0));
            all.add(home);
            for (int i = 1; i < TURNS; i++) {
                moved += server(turn(conversation, i)).equals(home) ? 0 : 1;
            }
        }

        assertThat(moved).as("turns that went elsewhere").isZero();
        assertThat(all).as("servers that have conversations").hasSize(SERVERS);
    }

    @Test
    void nobodyGetsMoreThanAQuarterAboveItsShareOfOneBeginning() throws Exception {
        var let = new CountDownLatch(1);
        for (FakeUpstream server : servers) {
            server.always(x -> {
                let.await(30, TimeUnit.SECONDS);
                FakeUpstream.json("{\"choices\":[]}").serve(x);
            });
        }
        var answers = new ArrayList<Future<Answer>>();
        try (ExecutorService apps = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < AT_ONCE; i++) {
                answers.add(apps.submit(() -> Answer.toChat(gateway, turn(1, 0))));
                awaitArrival(i + 1);
            }

            int bound = (int) Math.ceil(1.25 * AT_ONCE / SERVERS);
            assertThat(servers)
                    .allSatisfy(server -> assertThat(server.requests().size()).isBetween(1, bound));
            let.countDown();
            for (Future<Answer> answer : answers) {
                assertThat(answer.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
            }
        }
    }

    private void awaitArrival(int expected) throws InterruptedException {
        var tick = new CountDownLatch(1);
        for (int i = 0; i < 3_000; i++) {
            if (servers.stream().mapToInt(server -> server.requests().size()).sum() >= expected) {
                return;
            }
            assertThat(tick.await(5, TimeUnit.MILLISECONDS)).isFalse();
        }
        throw new AssertionError("request " + expected + " did not arrive");
    }
}
