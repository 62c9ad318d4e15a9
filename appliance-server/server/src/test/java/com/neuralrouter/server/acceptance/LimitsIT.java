package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ApiKeyDocument;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.BudgetDocument;
import com.neuralrouter.contract.BudgetDocument.Per;
import com.neuralrouter.contract.BudgetStatus;
import com.neuralrouter.contract.Incident;
import com.neuralrouter.contract.LimitStatus;
import com.neuralrouter.contract.LimitsDocument;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.SiteDocument.PriceDocument;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.UpstreamDocument;
import com.neuralrouter.contract.SiteDocument.WorkspaceDocument;
import com.neuralrouter.server.bootstrap.SiteFolder;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits and budgets over real sockets, of the whole appliance with the built-in loopback as the
 * provider, whose tokens cost a unit of money each.
 */
@Timeout(300)
class LimitsIT {
    private static final int CLIENTS = 64;
    private static final String MODEL = "house";
    private static final String PROMPT = "Tell me something. ".repeat(20);

    @TempDir private Path folder;

    private static SiteDocument document(
            @Nullable LimitsDocument limits, @Nullable List<BudgetDocument> budgets) {
        var price = new PriceDocument(new BigDecimal("1"), new BigDecimal("1"));
        return new SiteDocument(
                SiteDocument.API_VERSION,
                null,
                List.of(new ProviderDocument("loopback", ProviderKind.LOOPBACK, null, null, null)),
                List.of(
                        new WorkspaceDocument(
                                RunningSite.WORKSPACE,
                                "For proofs",
                                null,
                                null,
                                List.of(),
                                List.of(new ApiKeyDocument("app", null, null, limits, budgets)))),
                List.of(
                        new RouteDocument(
                                "route",
                                MODEL,
                                List.of(RunningSite.WORKSPACE),
                                List.of(
                                        new UpstreamDocument(
                                                "loopback",
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                price)))));
    }

    private static BudgetDocument budget(@Nullable String amount, @Nullable Long tokens) {
        return new BudgetDocument(
                "day",
                Per.DAY,
                null,
                amount == null ? null : new BigDecimal(amount),
                tokens,
                List.of(50));
    }

    private static String key(Administrator operator, SiteDocument document) throws IOException {
        return operator.apply(document).createdKeys().getFirst().secret();
    }

    @Test
    void sixtyFourClientsAtOneBudgetNeverSpendMoreThanThereIs() throws Exception {
        long cap = 40_000;
        try (var site = RunningSite.start(folder);
                var operator = site.operator();
                var app =
                        site.app(key(operator, document(null, List.of(budget("0.040000", cap)))))) {
            var ended = new AtomicInteger();
            var refused = new AtomicInteger();
            hammer(number -> {
                String body = number % 2 == 0 ? App.stream(MODEL, PROMPT) : App.chat(MODEL, PROMPT);
                App.Answer answer = app.ask(body);
                if (answer.status() == 429) {
                    assertThat(answer.body()).contains("insufficient_quota");
                    return refused.incrementAndGet() < 3 * CLIENTS;
                }
                assertThat(answer.status()).isEqualTo(200);
                if (answer.body().contains("\"error\"")) {
                    assertThat(answer.body())
                            .contains("insufficient_quota")
                            .doesNotContain("[DONE]");
                    ended.incrementAndGet();
                }
                return true;
            });

            BudgetStatus status = operator.all(AdminApi.BUDGETS, BudgetStatus.class).getFirst();
            System.out.printf(
                    "64 clients, one budget of %d tokens: %d spent, %d reserved, %d refused, %d"
                            + " streams ended%n",
                    cap,
                    status.tokens().spent(),
                    status.tokens().reserved(),
                    refused.get(),
                    ended.get());
            assertThat(status.tokens().spent()).isBetween(cap * 8 / 10, cap);
            assertThat(status.money().spent()).isEqualTo(status.tokens().spent());
            assertThat(status.tokens().reserved()).isZero();
            assertRecorded(operator, status.tokens().spent());
            assertTold(operator);
        }
    }

    @Test
    void sixtyFourClientsAtOneTokenLimitNeverUseMoreThanAMinuteHas() throws Exception {
        int perMinute = 12_000;
        try (var site = RunningSite.start(folder);
                var operator = site.operator();
                var app =
                        site.app(
                                key(
                                        operator,
                                        document(
                                                new LimitsDocument(null, perMinute, 1_000),
                                                null)))) {
            var refused = new AtomicInteger();
            var used = new AtomicLong();
            long began = System.nanoTime();
            hammer(_ -> {
                App.Answer answer = app.ask(App.chat(MODEL, PROMPT));
                if (answer.status() == 429) {
                    assertThat(answer.body()).contains("tokens per minute");
                    return refused.incrementAndGet() < CLIENTS;
                }
                used.addAndGet(answer.json().at("/usage/total_tokens").asLong());
                return true;
            });
            double minutes = (System.nanoTime() - began) / 60e9;

            System.out.printf(
                    "64 clients, one limit of %d tokens a minute: %d used in %.1f s, %d refused%n",
                    perMinute, used.get(), minutes * 60, refused.get());
            assertThat(used.get())
                    .isPositive()
                    .isLessThanOrEqualTo((long) (perMinute * (1 + minutes)));
            LimitStatus status = operator.all(AdminApi.LIMITS, LimitStatus.class).getFirst();
            assertThat(status.concurrent().underWay()).isZero();
            assertThat(status.tokens().perMinute()).isEqualTo(perMinute);
        }
    }

    /** Each of the answers may be as long as the request says. */
    @Test
    void severalAnswersAreReservedSeveralTimes() throws Exception {
        try (var site = RunningSite.start(folder);
                var operator = site.operator();
                var app = site.app(key(operator, document(null, List.of(budget(null, 1_000L)))))) {
            String three = "{\"model\":\"house\",\"max_tokens\":400,\"n\":3,%s}";
            String one = "{\"model\":\"house\",\"max_tokens\":400,%s}";
            String question = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

            App.Answer refused = app.ask(three.formatted(question));
            App.Answer taken = app.ask(one.formatted(question));

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.body()).contains("insufficient_quota");
            assertThat(taken.status()).as(taken.body()).isEqualTo(200);
        }
    }

    @Test
    void afterAKillInMidBurstTheCountersAreRight() throws Exception {
        SiteFolder site = RunningSite.found(folder.resolve("site"));
        long seen = 0;
        String secret = "";
        for (int round = 0; round < 3; round++) {
            try (var server = ServerProcess.start(site, folder.resolve("server.log"));
                    var operator = Administrator.operatorOf(site, server.running().adminPort())) {
                if (round == 0) {
                    secret = key(operator, document(null, List.of(budget("9.000000", 9_000_000L))));
                }
                assertRight(operator, seen, "after kill " + round);
                seen += burst(site, server, secret);
            }
        }
        try (var server = ServerProcess.start(site, folder.resolve("server.log"));
                var operator = Administrator.operatorOf(site, server.running().adminPort())) {
            long spent = assertRight(operator, seen, "at the end");
            System.out.printf(
                    "kill -9 in mid-burst, three times: %d tokens seen by apps, %d spent, as"
                            + " recorded; money spent: %d millionths%n",
                    seen, spent, charged(operator));
        }
    }

    /** What is spent is what the records say, and no less than apps have seen. */
    private static long assertRight(Administrator operator, long seen, String context)
            throws IOException {
        BudgetStatus status = operator.all(AdminApi.BUDGETS, BudgetStatus.class).getFirst();
        assertThat(status.tokens().spent())
                .as(context)
                .isEqualTo(recorded(operator))
                .isGreaterThanOrEqualTo(seen);
        assertThat(status.tokens().reserved()).as(context).isZero();
        // A token costs one millionth, so the money that is spent has the same number.
        assertThat(status.money().spent())
                .as(context + ", money")
                .isEqualTo(charged(operator))
                .isGreaterThanOrEqualTo(seen);
        assertThat(status.money().reserved()).as(context + ", money").isZero();
        return status.tokens().spent();
    }

    /** Streams until the server is killed; returns how many tokens of answers apps saw. */
    private static long burst(SiteFolder site, ServerProcess server, String secret)
            throws Exception {
        var pieces = new AtomicLong();
        var asked = new CountDownLatch(4 * CLIENTS);
        var threads = new ArrayList<Thread>();
        try (var app =
                new App(
                        "https://localhost:" + server.running().inferencePort(),
                        secret,
                        SiteTrust.of(site).context())) {
            for (int i = 0; i < CLIENTS; i++) {
                threads.add(Thread.startVirtualThread(() -> streams(app, pieces, asked)));
            }
            asked.await(60, TimeUnit.SECONDS);
            server.kill();
            for (Thread thread : threads) {
                thread.join();
            }
        }
        return pieces.get();
    }

    private static void streams(App app, AtomicLong pieces, CountDownLatch asked) {
        try {
            while (true) {
                asked.countDown();
                app.send(App.stream(MODEL, PROMPT), BodyHandlers.ofLines())
                        .body()
                        .filter(line -> line.contains("\"content\":"))
                        .forEach(line -> pieces.incrementAndGet());
            }
        } catch (IOException | RuntimeException killed) {
            // The server is gone.
        }
    }

    /** Records come into the store in groups, a little after the answers. */
    private static void assertRecorded(Administrator operator, long spent) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        long recorded = recorded(operator);
        while (recorded < spent && System.nanoTime() < deadline) {
            recorded = recorded(operator);
        }
        assertThat(recorded).isEqualTo(spent);
    }

    private static long recorded(Administrator operator) throws IOException {
        return operator.all(AdminApi.REQUESTS, RequestSummary.class).stream()
                .mapToLong(request -> request.inputTokens() + request.outputTokens())
                .sum();
    }

    private static long charged(Administrator operator) throws IOException {
        return operator.all(AdminApi.REQUESTS, RequestSummary.class).stream()
                .mapToLong(LimitsIT::charged)
                .sum();
    }

    /** One that had used nothing when the server was killed has no cost. */
    private static long charged(RequestSummary request) {
        Long cost = request.costs().costMicros();
        if (cost == null) {
            assertThat(request.inputTokens() + request.outputTokens()).isZero();
            return 0;
        }
        return cost;
    }

    /**
     * The keeper looks once a second: of half a budget it may tell a second before of all of it.
     */
    private static void assertTold(Administrator operator) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        List<String> actions = List.of();
        while (!actions.contains("budget.used_up") && System.nanoTime() < deadline) {
            actions =
                    operator.all(AdminApi.AUDIT, AuditEntry.class).stream()
                            .map(AuditEntry::action)
                            .toList();
        }
        assertThat(actions).contains("budgets.changed", "budget.used_up", "incident.opened");
        assertThat(operator.all(AdminApi.INCIDENTS, Incident.class))
                .anySatisfy(incident -> {
                    assertThat(incident.rule()).isEqualTo("budget");
                    assertThat(incident.subject()).isEqualTo("research / app: day");
                });
    }

    private interface Client {
        /** False if there shall be no further request. */
        boolean ask(int number) throws IOException;
    }

    private static void hammer(Client client) throws InterruptedException {
        var failures = new ArrayList<Throwable>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < CLIENTS; i++) {
            int number = i;
            threads.add(
                    Thread.startVirtualThread(() -> {
                        try {
                            while (client.ask(number)) {
                                Thread.onSpinWait();
                            }
                        } catch (IOException | RuntimeException | AssertionError failure) {
                            synchronized (failures) {
                                failures.add(failure);
                            }
                        }
                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
    }
}
