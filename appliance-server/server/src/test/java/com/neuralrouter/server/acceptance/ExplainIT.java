package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ExplainRoute;
import com.neuralrouter.contract.Explanation;
import com.neuralrouter.contract.Explanation.Attempted;
import com.neuralrouter.contract.Explanation.Candidate;
import com.neuralrouter.contract.Provider;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.contract.Route.Use;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.UpstreamDocument;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.provider.TestAuthority;

import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Why a request went where it went, and where one would go that nobody has made: by the admin API
 * and by the command, with a request that failed at one provider and was answered by another.
 */
class ExplainIT {
    private static final String MODEL = "house-chat";
    private static final String PROMPT = "a-word-of-the-prompt";

    @TempDir private Path folder;
    private FakeUpstream failing;
    private FakeUpstream well;
    private SiteFolder site;
    private ServerProcess server;
    private Administrator operator;
    private App app;

    @BeforeEach
    void start() throws Exception {
        failing = FakeUpstream.start().always(FakeUpstream.status(500, "", "{}"));
        well = FakeUpstream.start().always(Completions.asAsked("m", "Hello"));
        site = RunningSite.found(folder.resolve("site"));
        server = ServerProcess.start(site, folder.resolve("server.log"));
        operator = Administrator.operatorOf(site, server.running().adminPort());
        String key = RunningSite.onlyKey(operator.apply(document()));
        app =
                new App(
                        "https://localhost:" + server.running().inferencePort(),
                        key,
                        SiteTrust.of(site).context());
    }

    @AfterEach
    void stop() throws IOException {
        app.close();
        operator.close();
        server.close();
        failing.close();
        well.close();
    }

    private SiteDocument document() {
        String gold =
                "header['x-tier'] == 'gold' && tokens < 1000 && operation == 'chat_completions'";
        var route =
                new RouteDocument(
                        MODEL,
                        MODEL,
                        List.of(RunningSite.WORKSPACE),
                        List.of(
                                upstream("gold", gold, Use.ALWAYS),
                                new UpstreamDocument("failing", "a"),
                                new UpstreamDocument("well", "b"),
                                upstream("long", null, Use.AFTER_CONTEXT_WINDOW)),
                        Strategy.PRIORITY,
                        List.of("x-tier"),
                        null,
                        null);
        return RunningSite.document(
                List.of(provider("failing", failing), provider("well", well)), List.of(route));
    }

    private static UpstreamDocument upstream(String model, String when, Use use) {
        return new UpstreamDocument("well", model, null, when, use, null, null);
    }

    private static ProviderDocument provider(String name, FakeUpstream at) {
        return new ProviderDocument(
                name,
                ProviderKind.OPENAI,
                at.baseUrl().toString(),
                Provider.Authentication.NONE,
                null);
    }

    private static List<String> verdicts(Explanation explanation) {
        return explanation.candidates().stream()
                .map(one -> one.place() + " " + one.upstreamModel() + " " + one.verdict())
                .toList();
    }

    @Test
    void tellsOfARequestThatWasServed() throws Exception {
        App.Answer answer = app.ask(App.chat(MODEL, PROMPT));
        assertThat(answer.status()).isEqualTo(200);

        Explanation explanation =
                operator.get(
                        AdminApi.REQUESTS + "/" + answer.requestId() + AdminApi.EXPLANATION,
                        Explanation.class);
        CommandProcess.Ran printed =
                CommandProcess.run(
                        folder, "explain", "--site", site.root(), "--request", answer.requestId());

        assertThat(verdicts(explanation))
                .containsExactly(
                        "1 a READY",
                        "2 b READY",
                        "0 long AFTER_CONTEXT_WINDOW",
                        "0 gold CONDITION_NOT_MET");
        assertThat(explanation.candidates().getLast())
                .extracting(Candidate::detail)
                .asString()
                .contains("x-tier");
        assertThat(explanation.attempts())
                .extracting(Attempted::provider, Attempted::outcome)
                .containsExactly(tuple("failing", "FAILED"), tuple("well", "ANSWERED"));
        assertThat(explanation.attempts().getFirst().result()).contains("500");
        assertThat(explanation.attempts().getLast().micros()).isPositive();
        assertThat(explanation.outcome()).isEqualTo("ANSWERED");
        assertThat(printed.code()).as(printed.output()).isZero();
        assertThat(explanation.attempts())
                .allSatisfy(step -> assertThat(step.connection().tcpMicros()).isPositive());
        assertThat(printed.output())
                .contains("over a new connection: name ", " ms, TCP ")
                .contains("route house-chat", "strategy priority")
                .contains("failing / a  failed: the provider answered 500")
                .contains("well / b  answered")
                .contains("condition not met");
        assertThat(printed.output() + explanation).doesNotContain(PROMPT);
    }

    /** Over TLS: the first request makes a connection, the second one finds it there. */
    @Test
    void tellsHowLongTheConnectionTook() throws Exception {
        var authority = new TestAuthority("The provider's CA");
        var localhost = new GeneralName(GeneralName.dNSName, "localhost");
        try (FakeUpstream secure = FakeUpstream.startTls(authority.server(localhost))) {
            secure.always(Completions.asAsked("m", "Hello"));
            var provider =
                    new ProviderDocument(
                            "well",
                            ProviderKind.OPENAI,
                            secure.baseUrl("localhost").toString(),
                            Provider.Authentication.NONE,
                            authority.pem());
            operator.apply(
                    RunningSite.document(
                            List.of(provider, provider("failing", failing)), document().routes()));

            Attempted first = lastOf(app.ask(App.chat(MODEL, PROMPT)));
            App.Answer answer = app.ask(App.chat(MODEL, PROMPT));
            Attempted second = lastOf(answer);
            CommandProcess.Ran printed =
                    CommandProcess.run(
                            folder,
                            "explain",
                            "--site",
                            site.root(),
                            "--request",
                            answer.requestId());

            assertThat(first.connection().kept()).isFalse();
            assertThat(first.connection().tcpMicros()).isPositive();
            assertThat(first.connection().tlsMicros()).isPositive();
            assertThat(
                            first.connection().lookupMicros()
                                    + first.connection().tcpMicros()
                                    + first.connection().tlsMicros())
                    .as("a part of what the attempt took")
                    .isLessThanOrEqualTo(first.micros());
            assertThat(second.connection()).isEqualTo(new Explanation.Connection(true, 0, 0, 0));
            assertThat(printed.output()).contains("well / b  answered: it answered; over a kept");
            assertThat(secure.connections()).isEqualTo(1);
        }
    }

    private Attempted lastOf(App.Answer answer) throws Exception {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return operator.get(
                        AdminApi.REQUESTS + "/" + answer.requestId() + AdminApi.EXPLANATION,
                        Explanation.class)
                .attempts()
                .getLast();
    }

    @Test
    void tellsWhereOneWouldGoThatNobodyHasMade() throws Exception {
        Explanation plain =
                operator.post(AdminApi.ROUTES_EXPLAIN, wanted(Map.of()), Explanation.class);
        Explanation gold =
                operator.post(
                        AdminApi.ROUTES_EXPLAIN,
                        wanted(Map.of("x-tier", "gold")),
                        Explanation.class);
        CommandProcess.Ran printed =
                CommandProcess.run(
                        folder,
                        "explain",
                        "--site",
                        site.root(),
                        "--workspace",
                        RunningSite.WORKSPACE,
                        "--model",
                        MODEL,
                        "--tokens",
                        900,
                        "--header",
                        "x-tier=gold");
        CommandProcess.Ran nothing =
                CommandProcess.run(
                        folder,
                        "explain",
                        "--site",
                        site.root(),
                        "--workspace",
                        RunningSite.WORKSPACE,
                        "--model",
                        "no-such-model");

        assertThat(verdicts(plain)).first().isEqualTo("1 a READY");
        assertThat(verdicts(gold)).first().isEqualTo("1 gold READY");
        assertThat(gold.attempts()).isEmpty();
        assertThat(gold.requestId()).isNull();
        assertThat(printed.code()).as(printed.output()).isZero();
        assertThat(printed.output()).contains("1. well / gold  ready");
        assertThat(failing.requests()).as("requests that were made").isEmpty();
        assertThat(nothing.code()).isEqualTo(1);
        assertThat(nothing.output()).contains("no route of the workspace has the model");
    }

    private static ExplainRoute wanted(Map<String, String> headers) {
        return new ExplainRoute(
                RunningSite.WORKSPACE, MODEL, "app", null, false, false, false, 900, headers);
    }
}
