package com.neuralrouter.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.policy.Policy.Level;
import com.neuralrouter.server.policy.PolicyDecision.Permit;
import com.neuralrouter.server.policy.PolicyRule.AllowedJurisdictions;
import com.neuralrouter.server.policy.PolicyRule.Names;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

/** Plugs the hole of a copy that goes where nobody has permitted copies. */
class ShadowPermissionTest {
    private static final Destination LAB = Destination.of("lab", "DE", null, null, null);

    private final PolicyEngine engine = new PolicyEngine();

    private static Policy names(Level level, String... providers) {
        return new Policy(level, List.of(new Names(RuleKind.ALLOWED_SHADOWS, Set.of(providers))));
    }

    private static Policy silent(Level level) {
        return new Policy(level, List.of());
    }

    private @Nullable RuleKind against(Policy... levels) {
        Permit permit = (Permit) engine.decide(List.of(levels), new PolicyFacts("small", 30, -1));
        return permit.againstCopy(LAB);
    }

    @Test
    void permitsNoCopyWhereNobodySaysAnything() {
        assertThat(against()).isEqualTo(RuleKind.ALLOWED_SHADOWS);
        assertThat(against(silent(Level.SITE), silent(Level.WORKSPACE), silent(Level.KEY)))
                .isEqualTo(RuleKind.ALLOWED_SHADOWS);
    }

    @Test
    void permitsACopyWhereTheSiteNamesTheProviderAndNobodyBelowObjects() {
        assertThat(against(names(Level.SITE, "lab"), silent(Level.WORKSPACE))).isNull();
        assertThat(
                        against(
                                names(Level.SITE, "lab", "other"),
                                names(Level.WORKSPACE, "lab"),
                                names(Level.KEY, "lab", "third")))
                .isNull();
    }

    @Test
    void permitsNothingThatALevelBelowNamesAlone() {
        assertThat(against(silent(Level.SITE), names(Level.WORKSPACE, "lab")))
                .isEqualTo(RuleKind.ALLOWED_SHADOWS);
        assertThat(against(names(Level.SITE, "other"), names(Level.KEY, "lab")))
                .isEqualTo(RuleKind.ALLOWED_SHADOWS);
    }

    @Test
    void letsEachLevelBelowTakeItAway() {
        for (Level level : List.of(Level.WORKSPACE, Level.KEY, Level.REQUEST)) {
            assertThat(against(names(Level.SITE, "lab"), names(level)))
                    .isEqualTo(RuleKind.ALLOWED_SHADOWS);
            assertThat(against(names(Level.SITE, "lab"), names(level, "other")))
                    .isEqualTo(RuleKind.ALLOWED_SHADOWS);
        }
    }

    @Test
    void asksEveryOtherRuleAboutPlacesAsWell() {
        var atHome =
                new Policy(
                        Level.SITE,
                        List.of(
                                new Names(RuleKind.ALLOWED_SHADOWS, Set.of("lab")),
                                AllowedJurisdictions.of(Set.of("FR"))));

        assertThat(against(atHome)).isEqualTo(RuleKind.ALLOWED_JURISDICTIONS);
    }

    @Test
    void isToldByARequestThatWantsNoCopies() {
        RequestDeclaration declared = RequestDeclaration.of(List.of("no-shadow"));

        assertThat(against(names(Level.SITE, "lab"), declared.rules()))
                .isEqualTo(RuleKind.ALLOWED_SHADOWS);
    }

    @Test
    void refusesNoRequestByItself() {
        assertThat(engine.decide(List.of(names(Level.SITE)), new PolicyFacts("small", 30, -1)))
                .isInstanceOf(Permit.class);
    }
}
