package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.dialect.Dialect;
import com.neuralrouter.server.dialect.Dialects;
import com.neuralrouter.server.policy.Classification;
import com.neuralrouter.server.policy.Destination;
import com.neuralrouter.server.policy.PolicyRule;
import com.neuralrouter.server.policy.Retention;
import com.neuralrouter.server.policy.RuleKind;
import com.neuralrouter.server.provider.FakeUpstream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * With everybody down who may be asked, nothing leaves for anybody else: counted as connections at
 * the other one's socket.
 */
class ResidencyIT {
    private static final int REQUESTS = 40;

    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new Gateway();
        gateway.declare(
                Destination.of("first", "DE", "eu-central-1", false, Retention.days(30)),
                Destination.of("second", "US", "us-east-1", true, null));
        gateway.rules(List.of(), List.of());
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    @Test
    void leavesForNoOtherJurisdictionWhenAllInItAreDown() throws IOException {
        gateway.rules(List.of(PolicyRule.AllowedJurisdictions.of(Set.of("EU"))), List.of());
        gateway.first.die();

        for (int i = 0; i < REQUESTS; i++) {
            Answer answer = chat("", i % 2 == 0 ? "" : ",\"stream\":true");
            assertThat(answer.status()).isIn(502, 503);
        }

        assertThat(gateway.second.connections()).as("connections to the US").isZero();
    }

    @Test
    void leavesForNoOtherJurisdictionWhenThoseInItAnswerNonsense() throws IOException {
        gateway.rules(List.of(PolicyRule.AllowedJurisdictions.of(Set.of("DE"))), List.of());
        for (FakeUpstream.Behaviour bad :
                List.<FakeUpstream.Behaviour>of(
                        x -> x.reset(),
                        FakeUpstream.status(500, "", ""),
                        FakeUpstream.status(429, "retry-after: 1", ""),
                        FakeUpstream.status(401, "", ""),
                        FakeUpstream.status(302, "location: http://127.0.0.1/", ""))) {
            gateway.first.always(bad);
            assertThat(chat("", "").status()).isGreaterThanOrEqualTo(429);
        }

        assertThat(gateway.second.connections()).isZero();
    }

    @Test
    void saysThatNobodyIsLeftAndWhy() throws IOException {
        gateway.rules(List.of(PolicyRule.AllowedJurisdictions.of(Set.of("FR"))), List.of());

        Answer answer = chat("", "");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.errorCode()).isEqualTo("no_route");
        assertThat(answer.body())
                .contains("first: a policy does not let the request leave for where it is")
                .contains("second: a policy does not let the request leave for where it is");
        assertThat(gateway.first.connections() + gateway.second.connections()).isZero();
    }

    /** Each rule about where a request goes, on each operation that is served. */
    @Test
    void keepsEveryRuleOnEveryOperation() throws IOException {
        Map<RuleKind, PolicyRule> rules =
                Map.of(
                        RuleKind.ALLOWED_PROVIDERS,
                        new PolicyRule.Names(RuleKind.ALLOWED_PROVIDERS, Set.of("first")),
                        RuleKind.DENIED_PROVIDERS,
                        new PolicyRule.Names(RuleKind.DENIED_PROVIDERS, Set.of("second")),
                        RuleKind.ALLOWED_JURISDICTIONS,
                        PolicyRule.AllowedJurisdictions.of(Set.of("DE")),
                        RuleKind.CLASSIFIED_JURISDICTIONS,
                        PolicyRule.ClassifiedJurisdictions.of(
                                Map.of(Classification.PUBLIC, Set.of("DE"))),
                        RuleKind.ALLOWED_REGIONS,
                        new PolicyRule.Names(RuleKind.ALLOWED_REGIONS, Set.of("eu-central-1")),
                        RuleKind.NO_TRAINING,
                        new PolicyRule.Without(RuleKind.NO_TRAINING),
                        RuleKind.MAX_RETENTION,
                        new PolicyRule.MaxRetention(Retention.days(30)));
        for (RuleKind kind : RuleKind.values()) {
            assertThat(rules.containsKey(kind)).as(kind.id()).isEqualTo(kind.asksWhereto());
        }
        gateway.first.die();
        for (Dialect dialect : Dialects.all().list()) {
            for (PolicyRule rule : rules.values()) {
                gateway.rules(List.of(), List.of(rule));
                String body = RequestBodies.of(dialect.operation());
                assertThat(to(dialect, body).status())
                        .as(dialect.path() + " under " + rule.id())
                        .isGreaterThanOrEqualTo(500);
                assertThat(gateway.second.connections())
                        .as(dialect.path() + " under " + rule.id())
                        .isZero();
            }
        }
    }

    @Test
    void goesNoFurtherThanTheRequestItselfWants() throws IOException {
        gateway.first.die();

        assertThat(chat("NR-Policy: jurisdictions=EU\r\n", "").status()).isIn(502, 503);
        assertThat(chat("nr-policy: retention=30d; no-training\r\n", "").status()).isIn(502, 503);
        assertThat(gateway.second.connections()).isZero();

        assertThat(chat("NR-Policy: jurisdictions=US\r\n", "").status()).isEqualTo(200);
    }

    /** What the request declares can only take away. */
    @Test
    void letsNoRequestDeclareMoreThanTheSiteAllows() throws IOException {
        gateway.rules(List.of(PolicyRule.AllowedJurisdictions.of(Set.of("DE"))), List.of());
        gateway.first.die();

        for (String declared :
                List.of(
                        "jurisdictions=US",
                        "jurisdictions=US,DE",
                        "retention=36500d; classification=public",
                        "regions=us-east-1")) {
            assertThat(chat("NR-Policy: " + declared + "\r\n", "").status()).isIn(502, 503);
        }
        assertThat(gateway.second.connections()).isZero();
    }

    @Test
    void refusesADeclarationThatItDoesNotUnderstand() throws IOException {
        for (String declared :
                List.of(
                        "NR-Policy: retention=forever\r\n",
                        "NR-Policy: zero-retention\r\n",
                        "NR-Policy: Retention=zero\r\n",
                        "NR-Policy: retention=zero; retention=30d\r\n",
                        "NR-Policy: retention=zero\r\nNR-Policy: retention=30d\r\n",
                        "NR-Policy: \r\n",
                        "NR-Policy: jurisdictions=\r\n",
                        "NR-Policy: classification=unlabelled\r\n")) {
            assertThat(chat(declared, "").status()).as(declared).isEqualTo(400);
        }
        assertThat(gateway.first.connections()).isZero();
    }

    private Answer chat(String headers, String more) throws IOException {
        return Answer.to(
                gateway,
                Answer.chat(gateway, headers + "connection: close\r\n", Answer.body("m", more)));
    }

    private Answer to(Dialect dialect, String body) throws IOException {
        return Answer.to(
                gateway, Answer.post(gateway, dialect.path(), "connection: close\r\n", body));
    }
}
