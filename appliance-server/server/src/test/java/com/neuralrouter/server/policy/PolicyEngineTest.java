package com.neuralrouter.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.server.policy.Policy.Level;
import com.neuralrouter.server.policy.PolicyDecision.Permit;
import com.neuralrouter.server.policy.PolicyDecision.Refuse;
import com.neuralrouter.server.policy.PolicyFacts.Origin;
import com.neuralrouter.server.policy.PolicyFacts.Size;
import com.neuralrouter.server.policy.PolicyRule.AllowedJurisdictions;
import com.neuralrouter.server.policy.PolicyRule.ClassifiedJurisdictions;
import com.neuralrouter.server.policy.PolicyRule.LeastClassification;
import com.neuralrouter.server.policy.PolicyRule.Limit;
import com.neuralrouter.server.policy.PolicyRule.MaxClassification;
import com.neuralrouter.server.policy.PolicyRule.MaxRetention;
import com.neuralrouter.server.policy.PolicyRule.Names;
import com.neuralrouter.server.policy.PolicyRule.Networks;
import com.neuralrouter.server.policy.PolicyRule.Without;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What each rule refuses and asks for; that they add up is {@link PolicyLatticeTest}'s. */
class PolicyEngineTest {
    private static final PolicyFacts CHAT = new PolicyFacts("small", 30, -1);

    private final PolicyEngine engine = new PolicyEngine();

    private @Nullable String refused(PolicyRule rule, PolicyFacts facts) {
        return engine.decide(List.of(new Policy(Level.SITE, List.of(rule))), facts)
                        instanceof Refuse refuse
                ? refuse.ruleId() + ": " + refuse.reason()
                : null;
    }

    private Permit permit(PolicyFacts facts, PolicyRule... rules) {
        return (Permit) engine.decide(List.of(new Policy(Level.SITE, List.of(rules))), facts);
    }

    @Test
    void namesTheRuleAndTheLevelThatRefuse() {
        var site =
                new Policy(Level.SITE, List.of(new Names(RuleKind.DENIED_MODELS, Set.of("large"))));
        var workspace =
                new Policy(
                        Level.WORKSPACE,
                        List.of(new Names(RuleKind.ALLOWED_MODELS, Set.of("small"))));
        var key = new Policy(Level.KEY, List.of(new Names(RuleKind.ALLOWED_MODELS, Set.of())));

        var decision =
                (Refuse)
                        engine.decide(
                                List.of(site, workspace, key), new PolicyFacts("other", 1, -1));

        assertThat(decision)
                .isEqualTo(
                        new Refuse("allowedModels", Level.WORKSPACE, "the model is not allowed"));
        assertThat(decision.sentence())
                .isEqualTo(
                        "The rule allowedModels of the workspace does not allow the request: the"
                                + " model is not allowed.");
    }

    /** The site raises the label, the key caps it: neither refuses alone. */
    @Test
    void namesALevelWhereOnlyAllTogetherRefuse() {
        var site =
                new Policy(Level.SITE, List.of(new LeastClassification(Classification.INTERNAL)));
        var key = new Policy(Level.KEY, List.of(new MaxClassification(Classification.PUBLIC)));
        PolicyFacts labelled = CHAT.labelled(Classification.PUBLIC);

        var decision = (Refuse) engine.decide(List.of(site, key), labelled);

        assertThat(decision.level()).isEqualTo(Level.KEY);
        assertThat(decision.reason()).contains("internal");
    }

    @Test
    void permitsEverythingWhereThereIsNoRule() {
        var decision =
                (Permit) engine.decide(List.of(), new PolicyFacts("small", 1 << 20, 1 << 20));

        assertThat(decision.against(Destination.undeclared("anybody"))).isNull();
        assertThat(decision.outputCap()).isEqualTo(OptionalInt.empty());
        assertThat(decision.maxRetention()).isEmpty();
        assertThat(decision.guardrails()).isEmpty();
    }

    @Nested
    class AboutTokens {
        @Test
        void capsWhatTheRequestLeavesOpenAtTheLowest() {
            Permit permit =
                    permit(
                            CHAT.sized(new Size(30, 40, -1)),
                            new Limit(RuleKind.MAX_OUTPUT_TOKENS, 70),
                            new Limit(RuleKind.MAX_TOTAL_TOKENS, 100));

            assertThat(permit.outputCap()).hasValue(60);
        }

        @Test
        void refusesWhatLeavesNoRoomForAnAnswer() {
            var total = new Limit(RuleKind.MAX_TOTAL_TOKENS, 40);

            assertThat(refused(total, CHAT.sized(new Size(30, 40, -1))))
                    .startsWith("maxTotalTokens");
            assertThat(refused(total, CHAT.as(Operation.EMBEDDINGS).sized(new Size(30, 40, -1))))
                    .isNull();
        }

        @Test
        void reckonsWhatNobodyCounted() {
            var input = new Limit(RuleKind.MAX_INPUT_TOKENS, 10);

            assertThat(refused(input, CHAT.sized(new Size(30, -1, -1)))).isNull();
            assertThat(refused(input, CHAT.sized(new Size(31, -1, -1)))).isNotNull();
            assertThat(refused(input, CHAT.sized(new Size(31, 10, -1)))).isNull();
        }
    }

    @Nested
    class AboutTools {
        @Test
        void refusesOneThatIsNotInTheList() {
            var allowed = new Names(RuleKind.ALLOWED_TOOLS, Set.of("search"));

            assertThat(refused(allowed, CHAT.offering(List.of("search", "shell"))))
                    .isEqualTo("allowedTools: a tool of it is not allowed");
            assertThat(refused(allowed, CHAT.offering(List.of("search")))).isNull();
            assertThat(refused(allowed, CHAT)).isNull();
        }

        @Test
        void comparesLetterByLetter() {
            var denied = new Names(RuleKind.DENIED_TOOLS, Set.of("shell"));

            assertThat(refused(denied, CHAT.offering(List.of("shell")))).isNotNull();
            assertThat(refused(denied, CHAT.offering(List.of("Shell")))).isNull();
        }
    }

    @Nested
    class AboutLabels {
        @Test
        void takesDataWithoutALabelForTheMostRestricted() {
            var most = new MaxClassification(Classification.CONFIDENTIAL);

            assertThat(refused(most, CHAT)).contains("restricted");
            assertThat(refused(most, CHAT.labelled(Classification.CONFIDENTIAL))).isNull();
        }

        @Test
        void keepsDataWithALabelWhereThatMayGo() {
            var rule =
                    ClassifiedJurisdictions.of(
                            Map.of(
                                    Classification.INTERNAL, Set.of("EU"),
                                    Classification.RESTRICTED, Set.of()));

            assertThat(reach(permit(CHAT.labelled(Classification.PUBLIC), rule)))
                    .contains("US", "DE", "on-prem");
            assertThat(reach(permit(CHAT.labelled(Classification.CONFIDENTIAL), rule)))
                    .containsExactlyInAnyOrder("DE", "FR", "EU", "on-prem");
            assertThat(reach(permit(CHAT, rule))).containsExactly("on-prem");
        }

        @Test
        void refusesImages() {
            assertThat(refused(new Without(RuleKind.NO_IMAGES), CHAT.withImages(true)))
                    .isEqualTo("noImages: no images are allowed");
        }
    }

    @Nested
    class AboutPlaces {
        @Test
        void letsAGroupStandForItsMembers() {
            assertThat(reach(permit(CHAT, AllowedJurisdictions.of(Set.of("EU")))))
                    .containsExactlyInAnyOrder("DE", "FR", "EU", "on-prem");
            assertThat(reach(permit(CHAT, AllowedJurisdictions.of(Set.of("EEA")))))
                    .containsExactlyInAnyOrder("DE", "FR", "NO", "EU", "EEA", "on-prem");
        }

        /** A provider that may be anywhere in the EU may be outside Germany. */
        @Test
        void doesNotTakeAGroupForOneOfItsMembers() {
            assertThat(reach(permit(CHAT, AllowedJurisdictions.of(Set.of("DE")))))
                    .containsExactlyInAnyOrder("DE", "on-prem");
        }

        @Test
        void doesNotTakeTheUndeclaredForAllowed() {
            Destination undeclared = Destination.undeclared("p");

            assertThat(
                            permit(CHAT, AllowedJurisdictions.of(Set.of("EU", "US")))
                                    .against(undeclared))
                    .isEqualTo(RuleKind.ALLOWED_JURISDICTIONS);
            assertThat(
                            permit(CHAT, new Names(RuleKind.ALLOWED_REGIONS, Set.of("a")))
                                    .against(undeclared))
                    .isEqualTo(RuleKind.ALLOWED_REGIONS);
            assertThat(permit(CHAT, new Without(RuleKind.NO_TRAINING)).against(undeclared))
                    .isEqualTo(RuleKind.NO_TRAINING);
            assertThat(permit(CHAT, new MaxRetention(Retention.days(30))).against(undeclared))
                    .isEqualTo(RuleKind.MAX_RETENTION);
        }

        @Test
        void takesThePremisesForSafe() {
            Destination here = Destination.of("p", "on-prem", null, null, null);

            assertThat(
                            permit(
                                            CHAT,
                                            AllowedJurisdictions.of(Set.of()),
                                            new Names(RuleKind.ALLOWED_REGIONS, Set.of("a")),
                                            new Without(RuleKind.NO_TRAINING),
                                            new MaxRetention(Retention.ZERO))
                                    .against(here))
                    .isNull();
        }

        @Test
        void comparesHowLongProvidersKeepContent() {
            Destination month = Destination.of("p", "DE", null, false, Retention.days(30));

            assertThat(permit(CHAT, new MaxRetention(Retention.days(30))).against(month)).isNull();
            assertThat(permit(CHAT, new MaxRetention(Retention.days(29))).against(month))
                    .isEqualTo(RuleKind.MAX_RETENTION);
        }
    }

    @Nested
    class AboutOrigin {
        @Test
        void refusesWhatComesFromNowhere() {
            var networks = new Networks(Set.of(Network.of("0.0.0.0/0"), Network.of("::/0")));

            assertThat(refused(networks, CHAT)).isEqualTo("networks: not from this address");
        }

        @Test
        void knowsAnIpv4AddressThatComesAsIpv6() throws Exception {
            var networks = new Networks(Set.of(Network.of("10.0.0.0/8")));
            byte[] mapped = new byte[16];
            mapped[10] = mapped[11] = (byte) 0xff;
            mapped[12] = 10;
            var origin = new Origin(InetAddress.getByAddress(mapped), 0);

            assertThat(refused(networks, CHAT.from(origin))).isNull();
        }
    }

    private static Set<String> reach(Permit permit) {
        return Stream.of("DE", "FR", "NO", "US", "EU", "EEA", "on-prem")
                .filter(place ->
                        permit.against(Destination.of("p", place, null, null, null)) == null)
                .collect(Collectors.toSet());
    }
}
