package com.neuralrouter.server.inference;

import static com.neuralrouter.server.inference.TestRoutes.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.contract.Route.Use;
import com.neuralrouter.server.dialect.Dialect;
import com.neuralrouter.server.dialect.Dialects;
import com.neuralrouter.server.policy.PolicyRule;
import com.neuralrouter.server.policy.RuleKind;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.route.Choice;
import com.neuralrouter.server.route.Route;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.System.Logger;
import java.util.List;
import java.util.Set;

/**
 * Every strategy, with hedging, for every operation, with the one upstream abroad in every part
 * that an upstream can have: with everybody down who may be asked, there is no connection at its
 * socket.
 */
class EveryStrategyResidencyIT {
    private static final Logger LOG = System.getLogger(EveryStrategyResidencyIT.class.getName());
    private static final int HEDGE_AFTER_MILLIS = 1;

    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new Gateway();
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    @Test
    void nobodyAbroadIsEverConnectedTo() throws IOException {
        gateway.rules(
                List.of(
                        PolicyRule.AllowedJurisdictions.of(Set.of("EU")),
                        new PolicyRule.Names(RuleKind.ALLOWED_SHADOWS, Set.of("abroad"))),
                List.of());
        int requests = 0;
        for (Strategy strategy : Strategy.values()) {
            for (Use use : Use.values()) {
                route(strategy, use);
                gateway.first.always(trouble(use));
                for (Dialect dialect : Dialects.all().list()) {
                    Answer answer = send(dialect.operation(), dialect.path());
                    requests++;
                    assertThat(answer.status())
                            .as(strategy + ", " + use + ", " + dialect.path() + answer.body())
                            .matches(status -> status >= 400 || reckonedHere(dialect));
                    assertThat(gateway.second.connections())
                            .as(strategy + ", " + use + ", " + dialect.path())
                            .isZero();
                }
            }
        }
        LOG.log(
                Logger.Level.INFO,
                "{0} requests: {1} strategies, {2} parts of a route, {3} operations;"
                        + " connections abroad: {4}",
                String.valueOf(requests),
                String.valueOf(Strategy.values().length),
                String.valueOf(Use.values().length),
                String.valueOf(Dialects.all().list().size()),
                String.valueOf(gateway.second.connections()));
    }

    /** Tokens that nobody at home can count are estimated by the appliance. */
    private static boolean reckonedHere(Dialect dialect) {
        return dialect.operation() == Operation.COUNT_TOKENS;
    }

    /** Otherwise the test above would show nothing. */
    @Test
    void theSameRoutesLeadAbroadWhereNoPolicyForbidsIt() throws IOException {
        gateway.rules(List.of(), List.of());
        route(Strategy.PRIORITY, Use.ALWAYS);
        gateway.first.always(trouble(Use.ALWAYS));

        send(Operation.CHAT_COMPLETIONS, "/v1/chat/completions");

        assertThat(gateway.second.requests()).isNotEmpty();
    }

    /** Two in the EU, which are one socket that fails, and one in the US. */
    private void route(Strategy strategy, Use use) {
        gateway.routes(
                List.of(
                        TestRoutes.to(
                                "m",
                                new Route.Ways(strategy, List.of(), HEDGE_AFTER_MILLIS),
                                upstream("near", gateway.first, Choice.PLAIN, "DE"),
                                upstream(
                                        "abroad",
                                        gateway.second,
                                        new Choice(use, 1, percent(use), null, null),
                                        "US"),
                                upstream("other", gateway.first, Choice.PLAIN, "FR"))));
    }

    private static int percent(Use use) {
        return use == Use.CANARY || use == Use.SHADOW ? 100 : 0;
    }

    /** What makes a request go on to an upstream of that part. */
    private static FakeUpstream.Behaviour trouble(Use use) {
        String json = "content-type: application/json";
        return switch (use) {
            case AFTER_CONTEXT_WINDOW ->
                    FakeUpstream.status(
                            400, json, "{\"error\":{\"code\":\"context_length_exceeded\"}}");
            case AFTER_CONTENT_FILTER ->
                    FakeUpstream.status(400, json, "{\"error\":{\"code\":\"content_filter\"}}");
            case ALWAYS, CANARY, SHADOW -> FakeUpstream.status(500, json, "{}");
        };
    }

    private Answer send(Operation operation, String path) throws IOException {
        return Answer.to(
                gateway,
                Answer.post(gateway, path, "connection: close\r\n", RequestBodies.of(operation)));
    }
}
