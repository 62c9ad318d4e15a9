package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ApiKeyDocument;
import com.neuralrouter.contract.BudgetDocument;
import com.neuralrouter.contract.BudgetDocument.Per;
import com.neuralrouter.contract.BudgetStatus;
import com.neuralrouter.contract.LimitStatus;
import com.neuralrouter.contract.LimitsDocument;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.UpstreamDocument;
import com.neuralrouter.contract.SiteDocument.WorkspaceDocument;
import com.neuralrouter.contract.UsageQuery;
import com.neuralrouter.contract.UsageReport;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.provider.FakeUpstream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A request for embeddings that two upstreams were asked for: who was cut off counts in the key's
 * budget and limit of tokens, also after a kill; the app's usage stays what the app was told.
 */
@Timeout(120)
class HedgedBudgetIT {
    private static final String MODEL = "house-embedding";
    private static final int HEDGE_AFTER = 100;
    private static final long BUDGET = 1_000;
    private static final int PER_MINUTE = 100;
    private static final int USED = 40;

    @TempDir private Path folder;

    private static SiteDocument document(FakeUpstream slow, FakeUpstream quick) {
        var key =
                new ApiKeyDocument(
                        "app",
                        null,
                        null,
                        new LimitsDocument(null, PER_MINUTE, null),
                        List.of(new BudgetDocument("total", Per.TOTAL, null, null, BUDGET, null)));
        return new SiteDocument(
                SiteDocument.API_VERSION,
                null,
                List.of(provider("slow", slow), provider("quick", quick)),
                List.of(
                        new WorkspaceDocument(
                                RunningSite.WORKSPACE,
                                "For proofs",
                                null,
                                null,
                                List.of(),
                                List.of(key))),
                List.of(
                        new RouteDocument(
                                "route",
                                MODEL,
                                List.of(RunningSite.WORKSPACE),
                                List.of(
                                        new UpstreamDocument("slow", "e"),
                                        new UpstreamDocument("quick", "e")),
                                Strategy.PRIORITY,
                                null,
                                HEDGE_AFTER,
                                null)));
    }

    private static ProviderDocument provider(String name, FakeUpstream at) {
        return new ProviderDocument(
                name, ProviderKind.OPENAI, at.baseUrl().toString(), Authentication.NONE, null);
    }

    @Test
    void theRemainingBudgetShowsBoth() throws Exception {
        SiteFolder site = RunningSite.found(folder.resolve("site"));
        try (FakeUpstream slow = FakeUpstream.start().always(x -> x.awaitLeave());
                FakeUpstream quick = FakeUpstream.start().always(FakeUpstream.json(answer()))) {
            try (var server = ServerProcess.start(site, folder.resolve("server.log"));
                    var operator = Administrator.operatorOf(site, server.running().adminPort())) {
                String key = RunningSite.onlyKey(operator.apply(document(slow, quick)));
                long began = System.nanoTime();
                ask(site, server, key);

                BudgetStatus.Spent tokens = awaitSpent(operator);
                assertThat(tokens.spent()).isEqualTo(2 * USED);
                assertThat(tokens.reserved()).isZero();
                LimitStatus limits = operator.all(AdminApi.LIMITS, LimitStatus.class).getFirst();
                // What both used leaks out in so many milliseconds, of which some have passed.
                long passed = 1 + Duration.ofNanos(System.nanoTime() - began).toMillis();
                assertThat(limits.tokens().resetMillis() + passed)
                        .isGreaterThanOrEqualTo(60_000L * 2 * USED / PER_MINUTE);
                assertRecorded(operator);
                server.kill();
            }
            try (var server = ServerProcess.start(site, folder.resolve("server.log"));
                    var operator = Administrator.operatorOf(site, server.running().adminPort())) {
                assertThat(spent(operator).spent()).as("after a kill").isEqualTo(2 * USED);
            }
            assertThat(slow.requests()).hasSize(1);
            assertThat(quick.requests()).hasSize(1);
        }
    }

    private static String answer() {
        return "{\"data\":[],\"usage\":{\"prompt_tokens\":%d,\"total_tokens\":%d}}"
                .formatted(USED, USED);
    }

    private static void ask(SiteFolder site, ServerProcess server, String key) throws Exception {
        String url = "https://localhost:" + server.running().inferencePort();
        try (var app = new App(url, key, SiteTrust.of(site).context())) {
            var answer =
                    app.send(
                            "/v1/embeddings",
                            "{\"model\":\"" + MODEL + "\",\"input\":\"hi\"}",
                            BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    private static BudgetStatus.Spent spent(Administrator operator) throws IOException {
        return operator.all(AdminApi.BUDGETS, BudgetStatus.class).getFirst().tokens();
    }

    /** An answer is here a moment before its request has ended. */
    private static BudgetStatus.Spent awaitSpent(Administrator operator) throws IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        BudgetStatus.Spent spent = spent(operator);
        while (spent.reserved() > 0 && System.nanoTime() < deadline) {
            spent = spent(operator);
        }
        return spent;
    }

    /** The record has both, told apart; a report of usage has what the app was told. */
    private static void assertRecorded(Administrator operator) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        List<RequestSummary> requests = List.of();
        UsageReport report = null;
        while ((requests.isEmpty() || report == null || report.totals().isEmpty())
                && System.nanoTime() < deadline) {
            requests = operator.all(AdminApi.REQUESTS, RequestSummary.class);
            report = operator.post(AdminApi.USAGE_QUERY, today(), UsageReport.class);
        }
        assertThat(requests)
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.provider()).isEqualTo("quick");
                    assertThat(request.inputTokens()).isEqualTo(USED);
                    assertThat(request.costs().overtakenTokens()).isEqualTo(USED);
                });
        assertThat(report.totals())
                .singleElement()
                .satisfies(sums -> assertThat(sums.inputTokens()).isEqualTo(USED));
    }

    private static UsageQuery today() {
        Instant day = Clock.systemUTC().instant().truncatedTo(ChronoUnit.DAYS);
        return new UsageQuery(
                day.minus(Duration.ofDays(1)),
                day.plus(Duration.ofDays(2)),
                List.of(),
                null,
                null,
                null,
                null,
                null);
    }
}
