package com.neuralrouter.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.CreateApiKey;
import com.neuralrouter.contract.CreatedApiKey;
import com.neuralrouter.contract.ImportCatalogue;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.PutCredential;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.PriceDocument;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.UpstreamDocument;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.policy.Policy;
import com.neuralrouter.server.policy.PolicyRule;
import com.neuralrouter.server.policy.RuleKind;
import com.neuralrouter.server.provider.StoredProvider;
import com.neuralrouter.server.route.Choice;
import com.neuralrouter.server.route.Tariff;
import com.neuralrouter.server.secret.SecretBytes;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** When a command returns, the inference plane works by what it did. */
@Tag("store")
class SnapshotPublisherTest {
    @TempDir private Path folder;
    private TestSite site;
    private Workspace research;

    @BeforeEach
    void found() {
        site = new TestSite(folder);
        research = site.workspace("research");
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void hasANewKeyAndItsRevocationWhenTheCallsReturn() {
        CreatedApiKey made =
                site.apiKeys.create(
                        site.as(Permission.API_KEYS_MANAGE),
                        research.id(),
                        new CreateApiKey("app", null));
        String kid = made.key().prefix().substring("nr_".length());
        assertThat(current().key(kid).orElseThrow().revoked()).isFalse();

        site.apiKeys.revoke(site.as(Permission.API_KEYS_MANAGE), made.key().id());

        assertThat(current().key(kid).orElseThrow().revoked()).isTrue();
    }

    @Test
    void hasTheOpenedCredentialOfTheWorkspaceAndOfNoOther() {
        Workspace other = site.workspace("other");
        StoredProvider provider = site.provider("openai");

        put(provider, "sk-0123456789abcdef");

        assertThat(view(research).credential(provider.endpoint().id()))
                .contains(secret("sk-0123456789abcdef"));
        assertThat(view(other).credential(provider.endpoint().id())).isEmpty();
    }

    @Test
    void leavesOutACredentialThatCannotBeOpenedAndGoesOn() {
        StoredProvider provider = site.provider("openai");
        put(provider, "sk-0123456789abcdef");
        site.apply(tx -> {
            tx.handle()
                    .execute(
                            "UPDATE credential SET sealed = ?", new byte[] {1, 0, 0, 0, 1, -1, -1});
            site.credentialStore
                    .all(tx)
                    .forEach(each -> tx.touched("credential", each.id().value()));
            return Audited.of(1, AuditEvent.done("credential.damaged", "credential", Map.of()));
        });

        Workspace later = site.workspace("later");

        assertThat(view(research).credential(provider.endpoint().id())).isEmpty();
        assertThat(view(later).name()).isEqualTo("later");
    }

    @Test
    void givesARouteToThoseWhoWereGrantedIt() {
        Workspace other = site.workspace("other");
        site.provider("first");
        site.provider("second");

        site.apply(tx ->
                site.routes.createIn(
                        tx,
                        new RouteDocument(
                                "chat",
                                "gpt",
                                List.of("research"),
                                List.of(
                                        new UpstreamDocument("second", null),
                                        new UpstreamDocument("first", "llama")))));

        assertThat(view(research).route("gpt").orElseThrow().upstreams())
                .extracting(it -> it.endpoint().name() + "/" + it.model())
                .containsExactly("second/gpt", "first/llama");
        assertThat(view(other).route("gpt")).isEmpty();
    }

    /** What a route says of a price goes before what the catalogue says of the model. */
    @Test
    void knowsWhatUpstreamsAskByTheRouteAndByTheCatalogueInForce() {
        site.provider("first");
        site.catalogue.importCatalogue(
                site.as(Permission.CATALOGUE_MANAGE),
                new ImportCatalogue(
                        """
                        {"format": 1, "currency": "EUR", "models": [{"id": "llama", "prices": [
                          {"validFrom": "2020-01-01", "input": 1.5, "output": 6}]}]}
                        """,
                        null));
        var price = new PriceDocument(new BigDecimal("2"), new BigDecimal("3"));
        site.apply(tx ->
                site.routes.createIn(
                        tx,
                        new RouteDocument(
                                "chat",
                                "gpt",
                                List.of("*"),
                                List.of(
                                        new UpstreamDocument("first", "llama"),
                                        new UpstreamDocument(
                                                "first", "llama", null, null, null, null, price),
                                        new UpstreamDocument("first", "unheard-of")))));

        Tariff tariff = current().tariff(site.clock.millis());

        assertThat(view(research).route("gpt").orElseThrow().upstreams())
                .extracting(tariff::of)
                .containsExactly(
                        new Choice.Price(1_500_000, 6_000_000),
                        new Choice.Price(2_000_000, 3_000_000),
                        null);
    }

    @Test
    void hasThePoliciesOfBothLevelsApart() {
        var site4 = new PolicyDocument(null, null, null, 4, null);
        var workspace9 = new PolicyDocument(null, null, null, 9, null);

        site.apply(tx -> site.policies.setSiteIn(tx, site4, TestSite.cause()));
        site.apply(tx -> site.policies.setWorkspaceIn(tx, research, workspace9, TestSite.cause()));

        assertThat(view(research).policies().ofAll().levels())
                .extracting(Policy::rules)
                .containsExactly(
                        List.of(new PolicyRule.Limit(RuleKind.MAX_OUTPUT_TOKENS, 4)),
                        List.of(new PolicyRule.Limit(RuleKind.MAX_OUTPUT_TOKENS, 9)));
    }

    @Test
    void knowsASuspendedWorkspace() {
        site.apply(tx ->
                site.workspaces.changeIn(
                        tx, research.id(), "", Workspace.State.SUSPENDED, OptionalLong.of(1)));

        assertThat(view(research).suspended()).isTrue();
    }

    @Test
    void hasTheNumberOfTheLastChange() {
        long before = current().version();

        site.workspace("one-more");

        assertThat(current().version()).isEqualTo(before + 1);
    }

    private void put(StoredProvider provider, String secret) {
        site.credentials.put(
                site.as(Permission.CREDENTIALS_MANAGE),
                research.id(),
                new PutCredential(provider.endpoint().id(), null, secret));
    }

    private static SecretBytes secret(String text) {
        return SecretBytes.owning(text.getBytes(StandardCharsets.US_ASCII));
    }

    private GatewaySnapshot current() {
        return site.snapshots.current();
    }

    private WorkspaceView view(Workspace workspace) {
        return current().workspace(workspace.id()).orElseThrow();
    }
}
