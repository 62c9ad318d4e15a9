package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.Provider;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.contract.UsageQuery;
import com.neuralrouter.contract.UsageQuery.Dimension;
import com.neuralrouter.contract.UsageReport;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.provider.FakeUpstream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What requests through a server cost, as its reports say, through a kill. */
class UsageIT {
    private static final String MODEL = "gpt-4.1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** 600 × 2 + 400 × 0.5 + 100 × 8 millionths of a dollar. */
    private static final long COST = 2_200;

    private static final String USAGE =
            "\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":100,"
                    + "\"prompt_tokens_details\":{\"cached_tokens\":400},"
                    + "\"completion_tokens_details\":{\"reasoning_tokens\":20}}";
    private static final String ANSWER =
            "{\"id\":\"c\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":"
                    + "{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":\"stop\"}],"
                    + USAGE
                    + "}";

    @TempDir private Path folder;

    @Test
    void costsAreReportedAndExportedThroughAKill() throws Exception {
        SiteFolder site = RunningSite.found(folder.resolve("site"));
        Path log = folder.resolve("server.log");
        try (FakeUpstream upstream = FakeUpstream.start()) {
            upstream.always(FakeUpstream.json(ANSWER));
            String key;
            try (var server = ServerProcess.start(site, log);
                    var operator = Administrator.operatorOf(site, server.running().adminPort())) {
                key =
                        RunningSite.onlyKey(
                                operator.apply(
                                        RunningSite.document(MODEL, List.of(provider(upstream)))));
                ask(site, server, key, 3);
                // An answer is here a moment before its request is recorded as completed.
                awaitRequests(operator, 3);
                server.kill();
            }
            try (var server = ServerProcess.start(site, log);
                    var operator = Administrator.operatorOf(site, server.running().adminPort())) {
                ask(site, server, key, 2);

                UsageReport report = awaitRequests(operator, 5);

                assertThat(report.totals()).hasSize(1);
                assertThat(report.totals().getFirst())
                        .isEqualTo(
                                new UsageReport.UsageSums(
                                        "USD",
                                        5,
                                        0,
                                        0,
                                        0,
                                        5_000,
                                        2_000,
                                        0,
                                        500,
                                        100,
                                        5 * COST,
                                        report.totals().getFirst().durationMicros()));
                assertRecorded(operator);
                assertCommands(site, operator);
            }
        }
    }

    @Test
    void aWholeAnswerThatIsOnItsWayWhenTheServerIsKilledIsPaidFor() throws Exception {
        SiteFolder site = RunningSite.found(folder.resolve("site"));
        Path log = folder.resolve("server.log");
        try (FakeUpstream upstream = FakeUpstream.start()) {
            upstream.always(FakeUpstream.json(ANSWER.replace("Hi", "Hi".repeat(10_000_000))));
            try (var server = ServerProcess.start(site, log);
                    var operator = Administrator.operatorOf(site, server.running().adminPort())) {
                String key =
                        RunningSite.onlyKey(
                                operator.apply(
                                        RunningSite.document(MODEL, List.of(provider(upstream)))));
                try (Socket app = askAndReadTheFirstByte(site, server, key)) {
                    server.kill();
                    assertThat(app.isConnected()).isTrue();
                }
            }
            try (var server = ServerProcess.start(site, log);
                    var operator = Administrator.operatorOf(site, server.running().adminPort())) {
                awaitRequests(operator, 1);

                RequestSummary request =
                        operator.all(AdminApi.REQUESTS, RequestSummary.class).getFirst();

                assertThat(request.outcome()).isEqualTo(RequestSummary.Outcome.INTERRUPTED);
                assertThat(request.inputTokens()).isEqualTo(1_000);
                assertThat(request.outputTokens()).isEqualTo(100);
                assertThat(request.costs().costMicros()).isEqualTo(COST);
            }
        }
    }

    /** The answer is more than the sockets between the two hold: the rest waits in the server. */
    private static Socket askAndReadTheFirstByte(SiteFolder site, ServerProcess server, String key)
            throws Exception {
        Socket app =
                SiteTrust.of(site)
                        .context()
                        .getSocketFactory()
                        .createSocket("localhost", server.running().inferencePort());
        byte[] body = App.chat(MODEL, "Hello").getBytes(StandardCharsets.UTF_8);
        String head =
                "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer "
                        + key
                        + "\r\ncontent-type: application/json\r\ncontent-length: "
                        + body.length
                        + "\r\n\r\n";
        app.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        app.getOutputStream().write(body);
        assertThat(app.getInputStream().read()).isEqualTo('H');
        return app;
    }

    private static ProviderDocument provider(FakeUpstream upstream) {
        return new ProviderDocument(
                "cloud",
                ProviderKind.OPENAI,
                upstream.baseUrl().toString(),
                Provider.Authentication.NONE,
                null);
    }

    private static void ask(SiteFolder site, ServerProcess server, String key, int times)
            throws Exception {
        String url = "https://localhost:" + server.running().inferencePort();
        try (var app = new App(url, key, SiteTrust.of(site).context())) {
            for (int i = 0; i < times; i++) {
                assertThat(app.ask(App.chat(MODEL, "Hello")).status()).isEqualTo(200);
            }
        }
    }

    private static UsageReport awaitRequests(Administrator operator, long requests)
            throws Exception {
        Instant day = Clock.systemUTC().instant().truncatedTo(ChronoUnit.DAYS);
        var query =
                new UsageQuery(
                        day.minus(1, ChronoUnit.DAYS),
                        day.plus(1, ChronoUnit.DAYS),
                        List.of(Dimension.values()),
                        null,
                        null,
                        null,
                        null,
                        null);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        UsageReport report;
        do {
            assertThat(new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)).isFalse();
            report = operator.post(AdminApi.USAGE_QUERY, query, UsageReport.class);
        } while (System.nanoTime() < deadline
                && report.rows().stream().mapToLong(row -> row.sums().requests()).sum() < requests);
        return report;
    }

    private static void assertRecorded(Administrator operator) throws Exception {
        assertThat(operator.all(AdminApi.REQUESTS, RequestSummary.class))
                .hasSize(5)
                .allSatisfy(request -> {
                    assertThat(request.costs().costMicros()).isEqualTo(COST);
                    assertThat(request.costs().currency()).isEqualTo("USD");
                    assertThat(request.costs().priceBook()).isEqualTo("2026112901");
                    assertThat(request.costs().cachedInputTokens()).isEqualTo(400);
                    assertThat(request.costs().reasoningTokens()).isEqualTo(20);
                    assertThat(request.costs().sentMicros())
                            .isPositive()
                            .isLessThanOrEqualTo(request.firstByteMicros());
                });
    }

    private void assertCommands(SiteFolder site, Administrator operator) throws Exception {
        LocalDate today = LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC);
        CommandProcess.Ran shown =
                CommandProcess.run(
                        folder,
                        "usage",
                        "show",
                        "--by",
                        "workspace,model,provider",
                        "--since",
                        today.minusDays(1),
                        "--site",
                        site.root());
        Path csv = folder.resolve("chargeback.csv");
        CommandProcess.Ran exported =
                CommandProcess.run(
                        folder,
                        "usage",
                        "export",
                        "--chargeback",
                        "--since",
                        today.minusDays(1),
                        "--to",
                        csv,
                        "--site",
                        site.root());

        assertThat(shown.output())
                .contains("research  gpt-4.1  cloud  0.011000 USD  requests=5 failed=0 unpriced=0");
        assertThat(exported.code()).as(exported.output()).isZero();
        assertThat(Files.readAllLines(csv))
                .hasSize(3)
                .first()
                .asString()
                .startsWith("workspace,workspace_id,currency,cost,requests");
        assertThat(Files.readString(csv))
                .containsPattern("research,[-0-9a-f]{36},USD,0.011000,5,0,0,0,5000,2000,0,500,100")
                .endsWith("Total,,USD,0.011000,5,0,0,0,5000,2000,0,500,100\r\n");
        assertThat(operator.all(AdminApi.AUDIT, AuditEntry.class))
                .extracting(AuditEntry::action)
                .contains("usage.exported");
    }
}
