package com.neuralrouter.server.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.server.policy.Policy;
import com.neuralrouter.server.policy.PolicyChecks;
import com.neuralrouter.server.policy.PolicyDifferences;
import com.neuralrouter.server.policy.PolicyDocuments;
import com.neuralrouter.server.policy.RuleKind;
import com.neuralrouter.server.yaml.YamlRefused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Plugs the hole of a rule that a file can state and that is lost on the way. */
class PolicyYamlTest {
    private static final String EVERY_RULE =
            """
            allowedModels: [small, "org/large"]
            deniedModels: [other]
            allowedProviders: [here]
            deniedProviders: [there]
            allowedOperations: [chat_completions, embeddings]
            deniedOperations: [images]
            allowedJurisdictions: [on-prem, EU, CH]
            allowedRegions: [eu-central-1]
            noTraining: true
            maxRetention: 30d
            keepContentFor: 7d
            maxInputTokens: 100000
            maxOutputTokens: 4096
            maxTotalTokens: 120000
            maxRequestBytes: 1000000
            allowedTools: [search, "get weather"]
            deniedTools: [shell]
            noImages: true
            maxClassification: confidential
            leastClassification: internal
            classifiedJurisdictions:
              confidential: [DE]
              restricted: []
            hours:
              zone: Europe/Berlin
              windows:
                - {days: [mon, fri], from: "08:00", to: "18:00"}
                - {from: "00:00", to: "24:00"}
            networks: [10.0.0.0/8, "fd00::/8"]
            guardrails: [pii]
            allowedShadows: [here]
            tests:
              - name: the small model
                request: {operation: chat_completions, model: small, requestBytes: 1, inputTokens: 2,
                  outputTokens: 3, tools: [search], images: false, classification: internal,
                  address: 10.0.0.1, at: "2027-06-30T00:00:00Z", provider: here}
                expect: permit
              - {name: another, request: {model: other}, expect: refuse, rule: deniedModels}
            """;

    @TempDir private Path folder;

    private PolicyDocument read(String yaml) throws IOException {
        return PolicyYaml.read(Files.writeString(folder.resolve("policy.yaml"), yaml));
    }

    @Test
    void readsEveryRuleThereIs() throws Exception {
        PolicyDocument policy = read(EVERY_RULE);

        assertThat(
                        Arrays.stream(PolicyDocument.class.getRecordComponents())
                                .filter(member -> of(policy, member) == null))
                .as("members that the file does not set")
                .isEmpty();
        assertThat(PolicyChecks.errors("policy", policy)).isEmpty();
    }

    @Test
    void statesEveryKindOfRule() throws Exception {
        assertThat(PolicyDocuments.rules(read(EVERY_RULE)))
                .extracting(rule -> rule.kind())
                .containsExactlyInAnyOrder(RuleKind.values());
    }

    @Test
    void comesBackAsItWasWritten() throws Exception {
        PolicyDocument policy = read(EVERY_RULE);

        String written =
                PolicyYamlWriter.lines(policy).stream().collect(Collectors.joining("\n", "", "\n"));

        assertThat(PolicyDifferences.of(policy, read(written))).isEmpty();
        assertThat(PolicyDocuments.hash(read(written))).isEqualTo(PolicyDocuments.hash(policy));
    }

    @Test
    void hashesWhatIsSaidAndNotHow() throws Exception {
        String one = PolicyDocuments.hash(read("allowedModels: [a, b]\nnoImages: true\n"));

        assertThat(PolicyDocuments.hash(read("noImages: true\nallowedModels: [b, a, a]\n")))
                .isEqualTo(one);
        assertThat(PolicyDocuments.hash(read("allowedModels: [a, b, c]\nnoImages: true\n")))
                .isNotEqualTo(one);
    }

    @Test
    void letsOnlyAWorkspaceWantContentKept() throws Exception {
        PolicyDocument policy = read("keepContentFor: 30d\n");

        assertThat(PolicyChecks.errors(Policy.Level.WORKSPACE, "policy", policy)).isEmpty();
        for (Policy.Level level : List.of(Policy.Level.SITE, Policy.Level.KEY)) {
            assertThat(PolicyChecks.errors(level, "policy", policy))
                    .as(level.wire())
                    .extracting(error -> error.field())
                    .containsExactly("policy.keepContentFor");
        }
    }

    @Test
    void namesTheNearestRuleForOneThatIsNot() {
        assertThatThrownBy(() -> read("allowedModel: [a]\n"))
                .isInstanceOf(YamlRefused.class)
                .hasMessageContaining("did you mean 'allowedModels'");
    }

    @Test
    void tellsWhatIsWrongWithEachRule() throws Exception {
        PolicyDocument policy =
                read(
                        """
                        allowedOperations: [chatting]
                        allowedJurisdictions: [Germany]
                        maxRetention: a month
                        keepContentFor: transient
                        maxTotalTokens: 0
                        networks: [10.0.0.1/8]
                        hours: {zone: Middle-earth, windows: []}
                        tests: [{name: t, request: {model: m}, expect: maybe, rule: none}]
                        """);

        assertThat(PolicyChecks.errors("policy", policy))
                .extracting(error -> error.field())
                .containsExactlyInAnyOrder(
                        "policy.allowedOperations[0]",
                        "policy.allowedJurisdictions[0]",
                        "policy.maxRetention",
                        "policy.keepContentFor",
                        "policy.maxTotalTokens",
                        "policy.networks[0]",
                        "policy.hours",
                        "policy.tests[0].expect",
                        "policy.tests[0].rule");
    }

    private static Object of(PolicyDocument policy, RecordComponent member) {
        try {
            return member.getAccessor().invoke(policy);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
