package com.neuralrouter.server.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.PolicyTrial;
import com.neuralrouter.contract.PolicyTrial.Decision;
import com.neuralrouter.contract.PolicyTrial.TestResult;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.PolicyTestDocument;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.contract.TestRequestDocument;
import com.neuralrouter.contract.TryPolicy;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.provider.StoredProvider;
import com.neuralrouter.server.usage.RequestEnded;
import com.neuralrouter.server.usage.RequestRecord;
import com.neuralrouter.server.usage.RequestStarted;
import com.neuralrouter.server.usage.TokenCounts;
import com.neuralrouter.server.usage.UsageStore;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A policy is tried on its tests and on the past, and a change that fails a test is none. */
@Tag("store")
class PolicyTrialsTest {
    @TempDir private Path folder;
    private TestSite site;
    private UsageStore usage;
    private PolicyTrials trials;
    private Workspace research;
    private StoredProvider here;
    private StoredProvider abroad;

    @BeforeEach
    void found() {
        site = new TestSite(folder);
        usage = new UsageStore(site.database);
        trials =
                new PolicyTrials(
                        site.policyStore,
                        site.workspaceStore,
                        site.apiKeyStore,
                        site.providerStore,
                        site.clock);
        research = site.workspace("research");
        here = provider("here", "on-prem");
        abroad = provider("abroad", "US");
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void countsWhatWouldHaveBeenDecidedOtherwise() {
        requests(40, "gpt", here, 10, Duration.ofDays(1));
        requests(7, "gpt", abroad, 10, Duration.ofDays(2));
        requests(5, "llama", here, 900, Duration.ofDays(3));
        requests(9, "old", abroad, 10, Duration.ofDays(31));

        PolicyTrial trial = trial(null, policy(null, List.of("EU"), 500), 30);

        assertThat(trial.simulation().requests()).isEqualTo(52);
        assertThat(trial.simulation().complete()).isTrue();
        assertThat(trial.simulation().effects())
                .extracting(
                        effect -> effect.model(),
                        effect -> effect.requests(),
                        effect -> effect.refused(),
                        effect -> effect.elsewhere())
                .containsExactly(tuple("gpt", 47L, 0L, 7L), tuple("llama", 5L, 5L, 0L));
        assertThat(trial.simulation().effects().getFirst().examples())
                .hasSize(5)
                .allSatisfy(example -> {
                    assertThat(example.what()).isEqualTo("could not go to abroad");
                    assertThat(example.rule()).isEqualTo("allowedJurisdictions");
                    assertThat(example.decision()).isEqualTo(Decision.NOT_THERE);
                });
        assertThat(trial.differences())
                .containsExactly(
                        "allowedJurisdictions: none → [EU]", "maxOutputTokens: none → 500");
    }

    @Test
    void countsWhatWouldBeLetThrough() {
        site.apply(tx ->
                site.policies.setSiteIn(
                        tx, policy(List.of("llama"), null, null), TestSite.cause()));
        requests(4, "gpt", null, 0, Duration.ofDays(1));

        PolicyTrial trial = trial(null, PolicyDocument.NONE, 30);

        assertThat(trial.simulation().effects())
                .singleElement()
                .satisfies(effect -> assertThat(effect.permitted()).isEqualTo(4));
    }

    /** The workspace's rule is there already; the site's would make no difference. */
    @Test
    void decidesByAllLevels() {
        site.apply(tx ->
                site.policies.setWorkspaceIn(
                        tx, research, policy(null, List.of("EU"), null), TestSite.cause()));
        requests(3, "gpt", abroad, 1, Duration.ofDays(1));

        assertThat(trial(null, policy(null, List.of("DE"), null), 30).simulation().effects())
                .isEmpty();
        assertThat(trial("research", PolicyDocument.NONE, 30).simulation().effects()).isEmpty();
    }

    @Test
    void saysWhichRulesItCannotReplay() {
        PolicyTrial trial = trial(null, new PolicyDocument(null, null, null, 10, 1_000), 1);

        assertThat(trial.simulation().notSimulated()).containsExactly("maxRequestBytes");
    }

    @Test
    void runsAWorkspacesTestsUnderTheSitesPolicyToo() {
        PolicyDocument tested = tested(test("gpt stays", "gpt", null, "permit", null));
        site.apply(tx -> site.policies.setWorkspaceIn(tx, research, tested, TestSite.cause()));

        PolicyTrial trial = trial(null, policy(List.of("llama"), null, null), 0);

        assertThat(trial.tests())
                .containsExactly(
                        new TestResult(
                                "research",
                                "gpt stays",
                                false,
                                "The rule allowedModels of the site does not allow the request:"
                                        + " the model is not allowed.",
                                Decision.REFUSED,
                                "allowedModels"));
    }

    @Test
    void asksWhereATestsRequestWouldGo() {
        PolicyDocument own =
                tested(
                        List.of("EU"),
                        test("stays here", "gpt", "here", "permit", null),
                        test("not abroad", "gpt", "abroad", "refuse", "allowedJurisdictions"),
                        test("by another rule", "gpt", "abroad", "refuse", "allowedRegions"));

        assertThat(trial(null, own, 0).tests())
                .extracting(TestResult::passed)
                .containsExactly(true, true, false);
    }

    @Test
    void changesNothingThatFailsATest() {
        PolicyDocument failing = tested(test("gpt is refused", "gpt", null, "refuse", null));

        assertThatThrownBy(() ->
                        site.apply(tx -> {
                            var done = site.policies.setSiteIn(tx, failing, TestSite.cause());
                            trials.demandPassed(tx);
                            return done;
                        }))
                .isInstanceOf(AdminRefused.class)
                .hasMessageContaining("gpt is refused");
        assertThat(site.reads.read(site.policyStore::site)).isEmpty();
    }

    @Test
    void runsTheTestsWhenAProviderIsDeclaredToBeElsewhere() {
        PolicyDocument own =
                tested(List.of("EU"), test("stays here", "gpt", "here", "permit", null));
        site.apply(tx -> site.policies.setSiteIn(tx, own, TestSite.cause()));

        assertThatThrownBy(() ->
                        site.apply(tx -> {
                            var done =
                                    site.providers.updateIn(
                                            tx,
                                            here.endpoint().id(),
                                            document("here", "US"),
                                            TestSite.consent());
                            trials.demandPassed(tx);
                            return done;
                        }))
                .isInstanceOf(AdminRefused.class)
                .hasMessageContaining("stays here");
    }

    private PolicyTrial trial(@Nullable String workspace, PolicyDocument policy, int days) {
        return trials.run(
                site.as(Permission.SITE_APPLY),
                site.reads,
                usage,
                new TryPolicy(workspace, policy, days));
    }

    private StoredProvider provider(String name, String jurisdiction) {
        var made = new ArrayList<StoredProvider>();
        site.apply(tx -> {
            var created =
                    site.providers.createIn(tx, document(name, jurisdiction), TestSite.consent());
            made.add(created.value());
            return Audited.of(true, AuditEvent.done("test.made", name, Map.of()));
        });
        return made.getFirst();
    }

    private static ProviderDocument document(String name, String jurisdiction) {
        return new ProviderDocument(
                name,
                ProviderKind.OPENAI,
                "https://" + name + ".test/v1",
                null,
                null,
                jurisdiction,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private long position;

    private void requests(
            int count,
            String model,
            @Nullable StoredProvider served,
            long outputTokens,
            Duration ago) {
        var records = new ArrayList<RequestRecord>();
        Instant at = site.clock.instant().minus(ago);
        ProviderId provider = served == null ? null : served.endpoint().id();
        for (int i = 0; i < count; i++) {
            position++;
            records.add(
                    new RequestRecord(
                            position,
                            new RequestStarted(
                                    new RequestId(new UUID(9, position)),
                                    at.toEpochMilli(),
                                    research.id(),
                                    new ApiKeyId(new UUID(0, 5)),
                                    model,
                                    false,
                                    1),
                            new RequestEnded(
                                    served == null ? Outcome.FAILED : Outcome.COMPLETED,
                                    served == null ? 403 : 200,
                                    null,
                                    provider,
                                    served == null ? null : model,
                                    1,
                                    1,
                                    1,
                                    new TokenCounts(10, outputTokens, false))));
        }
        usage.insert(records);
    }

    private static PolicyTestDocument test(
            String name,
            String model,
            @Nullable String provider,
            String expect,
            @Nullable String rule) {
        return new PolicyTestDocument(
                name,
                new TestRequestDocument(
                        null, model, null, null, null, null, null, null, null, null, provider),
                expect,
                rule);
    }

    private static PolicyDocument tested(PolicyTestDocument... tests) {
        return policy(null, null, null, List.of(tests));
    }

    private static PolicyDocument tested(List<String> jurisdictions, PolicyTestDocument... tests) {
        return policy(null, jurisdictions, null, List.of(tests));
    }

    private static PolicyDocument policy(
            @Nullable List<String> models,
            @Nullable List<String> jurisdictions,
            @Nullable Integer outputTokens) {
        return policy(models, jurisdictions, outputTokens, null);
    }

    private static PolicyDocument policy(
            @Nullable List<String> models,
            @Nullable List<String> jurisdictions,
            @Nullable Integer outputTokens,
            @Nullable List<PolicyTestDocument> tests) {
        return new PolicyDocument(
                models,
                null,
                null,
                null,
                null,
                null,
                jurisdictions,
                null,
                null,
                null,
                null,
                null,
                outputTokens,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                tests);
    }
}
