package com.neuralrouter.desktop.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ActivatePolicy;
import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.ApprovalId;
import com.neuralrouter.contract.ApprovalRules;
import com.neuralrouter.contract.ConfirmAccess;
import com.neuralrouter.contract.CosignCheckpoint;
import com.neuralrouter.contract.CreateApiKey;
import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.CreateWorkspace;
import com.neuralrouter.contract.CredentialId;
import com.neuralrouter.contract.DecideApproval;
import com.neuralrouter.contract.DeleteWorkspace;
import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.EraseFromTrail;
import com.neuralrouter.contract.LegalHoldId;
import com.neuralrouter.contract.LogAlarm;
import com.neuralrouter.contract.PlaceLegalHold;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.ProposeChange;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.PutCredential;
import com.neuralrouter.contract.Role;
import com.neuralrouter.contract.SetPolicy;
import com.neuralrouter.contract.TryPolicy;
import com.neuralrouter.contract.UsageQuery;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.desktop.client.AuditSearch.Term;
import com.neuralrouter.desktop.support.Golden;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.TlsSite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

class HttpAdminClientTest {
    private static final WorkspaceId WORKSPACE = Samples.id(WorkspaceId::of, 11);

    private final TlsSite site = new TlsSite();
    private final ChangeGate gate = new ChangeGate();

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void readsTheStatusWithItsCertificate() {
        try (var client = client(TlsSite.answering(200, Golden.text("ApplianceStatus")))) {

            var answer = client.status();

            assertThat(answer).isInstanceOf(Answer.Ok.class);
            assertThat(site.requests).containsExactly("GET /admin/v1/status");
        }
    }

    @Test
    void sendsEveryCallToThePathOfTheContract() {
        try (var client = client(TlsSite.answering(500, ""))) {
            callEverything(client);
        }

        var one = "0199c5a2-7b1e-7000-8000-000000000001";
        assertThat(site.requests)
                .containsExactly(
                        "GET /admin/v1/workspaces?cursor=a+b%26c",
                        "POST /admin/v1/workspaces",
                        "POST /admin/v1/workspaces/" + WORKSPACE + "/delete",
                        "POST /admin/v1/workspaces/" + WORKSPACE + "/rotate-key",
                        "POST /admin/v1/vault/rotate",
                        "GET /admin/v1/vault",
                        "GET /admin/v1/backups",
                        "POST /admin/v1/backups",
                        "POST /admin/v1/backups/data-1.nrbackup/verify",
                        "GET /admin/v1/workspaces/" + WORKSPACE + "/api-keys",
                        "POST /admin/v1/workspaces/" + WORKSPACE + "/api-keys",
                        "POST /admin/v1/api-keys/" + one + "/revoke",
                        "GET /admin/v1/providers",
                        "GET /admin/v1/workspaces/" + WORKSPACE + "/credentials",
                        "POST /admin/v1/workspaces/" + WORKSPACE + "/credentials",
                        "DELETE /admin/v1/credentials/" + one,
                        "GET /admin/v1/routes",
                        "GET /admin/v1/requests?limit=50&cursor=7",
                        "GET /admin/v1/requests?limit=50&after=8",
                        "GET /admin/v1/audit?limit=50&action=api_key.&text=a%26b",
                        "GET /admin/v1/devices",
                        "POST /admin/v1/devices/" + one + "/revoke",
                        "POST /admin/v1/invitations",
                        "GET /admin/v1/audit/checkpoint",
                        "GET /admin/v1/audit/consistency?from=3&to=9",
                        "GET /admin/v1/audit/7/proof",
                        "GET /admin/v1/audit/cosignatures",
                        "POST /admin/v1/audit/cosignatures",
                        "POST /admin/v1/audit/alarms",
                        "GET /admin/v1/access",
                        "POST /admin/v1/access/reviews",
                        "GET /admin/v1/audit/holds",
                        "POST /admin/v1/audit/holds",
                        "POST /admin/v1/audit/holds/" + one + "/lift",
                        "POST /admin/v1/audit/erasures",
                        "GET /admin/v1/policies/versions",
                        "GET /admin/v1/policies/versions?workspace=" + WORKSPACE + "&cursor=3",
                        "GET /admin/v1/policies/diff?apiKey=" + one + "&from=1&to=2",
                        "POST /admin/v1/policies/try",
                        "POST /admin/v1/policies",
                        "POST /admin/v1/policies/activate",
                        "GET /admin/v1/approval-rules",
                        "POST /admin/v1/approval-rules",
                        "GET /admin/v1/approvals",
                        "POST /admin/v1/approvals",
                        "POST /admin/v1/approvals/" + one + "/approve",
                        "POST /admin/v1/approvals/" + one + "/reject",
                        "POST /admin/v1/approvals/" + one + "/withdraw");
    }

    private static void callEverything(HttpAdminClient client) {
        client.workspaces("a b&c");
        client.createWorkspace(new CreateWorkspace("x", null));
        client.deleteWorkspace(WORKSPACE, new DeleteWorkspace("x"));
        client.rotateWorkspaceKey(WORKSPACE);
        client.rotateRootKey();
        client.vault();
        client.backups();
        client.createBackups();
        client.verifyBackup("data-1.nrbackup");
        client.apiKeys(WORKSPACE, "");
        client.createApiKey(WORKSPACE, new CreateApiKey("x", null));
        client.revokeApiKey(Samples.id(ApiKeyId::of, 1));
        client.providers("");
        client.credentials(WORKSPACE, "");
        client.putCredential(
                WORKSPACE, new PutCredential(Samples.id(ProviderId::of, 1), null, "s"));
        client.deleteCredential(Samples.id(CredentialId::of, 1));
        client.routes("");
        client.requests("7", 50);
        client.requestsAfter(8, 50);
        client.audit(
                new AuditSearch(Map.of(Term.TEXT, "a&b", Term.ACTION, "api_key.", Term.ACTOR, " ")),
                "",
                50);
        client.devices("");
        client.revokeDevice(Samples.id(DeviceId::of, 1));
        client.invite(new CreateInvitation("x", Role.ADMIN));
        client.checkpoint();
        client.consistency(3, 9);
        client.proof(7);
        client.cosignatures("");
        client.cosign(new CosignCheckpoint("k", "n"));
        client.report(new LogAlarm("forked", "h", "s", null));
        var governance = client.governance();
        governance.access();
        governance.confirmAccess(new ConfirmAccess("00", null));
        governance.legalHolds("");
        governance.placeLegalHold(new PlaceLegalHold("x", null, null, null, null));
        governance.liftLegalHold(Samples.id(LegalHoldId::of, 1));
        governance.eraseFromTrail(new EraseFromTrail("x"));
        callPolicies(client.policies());
    }

    private static void callPolicies(PolicyClient policies) {
        policies.policyVersions(PolicyTarget.SITE, "");
        policies.policyVersions(PolicyTarget.of(WORKSPACE), "3");
        policies.policyDiff(PolicyTarget.of(Samples.id(ApiKeyId::of, 1)), 1, 2);
        policies.tryPolicy(new TryPolicy(null, null, 30));
        policies.setPolicy(new SetPolicy(PolicyTarget.SITE, null, null, null));
        policies.activatePolicy(new ActivatePolicy(PolicyTarget.SITE, 1, null));
        policies.approvalRules();
        policies.setApprovalRules(ApprovalRules.NONE);
        policies.approvals("");
        policies.propose(new ProposeChange(ProposedChange.of(ApprovalRules.NONE), null));
        var approval = Samples.id(ApprovalId::of, 1);
        policies.approve(approval, new DecideApproval("00", null));
        policies.reject(approval, new DecideApproval("00", null));
        policies.withdraw(approval, new DecideApproval("00", null));
    }

    @Test
    void asksForUsageAndLimitsByThePathOfTheContract() {
        try (var client = client(TlsSite.answering(500, ""))) {
            var usage = client.usage();
            usage.limits("");
            usage.budgets("");
            var query =
                    new UsageQuery(Samples.NOW, Samples.NOW, null, null, null, null, null, null);
            usage.usage(query);
            usage.exportUsage(query);
        }

        assertThat(site.requests)
                .containsExactly(
                        "GET /admin/v1/limits",
                        "GET /admin/v1/budgets",
                        "POST /admin/v1/usage/query",
                        "POST /admin/v1/usage/export");
    }

    @Test
    void handsOverTheAppliancesOwnProblem() {
        try (var client = client(TlsSite.answering(400, Golden.text("Problem")))) {

            assertThat(trouble(client.status()))
                    .isInstanceOfSatisfying(
                            Trouble.ByAppliance.class,
                            refusal ->
                                    assertThat(refusal.problem().code())
                                            .isEqualTo(ProblemCode.INVALID_FIELD));
        }
    }

    @Test
    void understandsAnEmptyAnswerToADeletion() {
        try (var client = client(TlsSite.answering(204, ""))) {
            assertThat(client.deleteCredential(Samples.id(CredentialId::of, 1)))
                    .isEqualTo(new Answer.Ok<>(true));
            assertThat(client.deleteWorkspace(WORKSPACE, new DeleteWorkspace("x")))
                    .isEqualTo(new Answer.Ok<>(true));
        }
    }

    @Test
    void saysWhenTheAnswerIsNotOfThisVersion() {
        try (var client = client(TlsSite.answering(200, "{\"items\": 7}"))) {
            assertThat(trouble(client.routes(""))).isInstanceOf(Trouble.NotUnderstood.class);
        }
    }

    @Test
    void saysThatItsOwnCertificateIsRefused() {
        var address = site.adminServer(TlsSite.answering(200, "{}"), "localhost");
        try (var other = new TlsSite();
                var client =
                        new HttpAdminClient(
                                address, other.device(Duration.ofDays(1)), site.root(), gate)) {

            assertThat(refusal(client)).isInstanceOf(Trouble.CertificateRefused.class);
            assertThat(site.requests).isEmpty();
        }
    }

    /** A server that resets the connection behind its alert can take the alert with it. */
    private static Trouble refusal(AdminClient client) {
        Trouble trouble = trouble(client.status());
        for (int i = 0; i < 20 && trouble instanceof Trouble.Unreachable; i++) {
            trouble = trouble(client.status());
        }
        return trouble;
    }

    @Test
    void sendsNothingToAServerOfAnotherSite() {
        try (var stranger = new TlsSite();
                var client =
                        new HttpAdminClient(
                                stranger.adminServer(TlsSite.answering(200, "{}"), "localhost"),
                                stranger.device(Duration.ofDays(1)),
                                site.root(),
                                gate)) {

            assertThat(trouble(client.status())).isInstanceOf(Trouble.ServerNotTrusted.class);
            assertThat(stranger.requests).isEmpty();
        }
    }

    @Test
    void sendsNoChangeWhileTheGateIsShut() {
        gate.shut();
        try (var client = client(TlsSite.answering(200, "{}"))) {
            assertThat(trouble(client.createWorkspace(new CreateWorkspace("x", null))))
                    .isEqualTo(new Trouble.ChangesStopped());
            assertThat(trouble(client.revokeDevice(Samples.id(DeviceId::of, 1))))
                    .isEqualTo(new Trouble.ChangesStopped());
            assertThat(trouble(client.deleteCredential(Samples.id(CredentialId::of, 1))))
                    .isEqualTo(new Trouble.ChangesStopped());
            assertThat(site.requests).isEmpty();

            client.status();
            client.report(new LogAlarm("forked", "h", "s", null));
            assertThat(site.requests).hasSize(2);
        }
    }

    @Test
    void sendsNothingToAServerThatIsNotTheNamedOne() {
        var address = site.adminServer(TlsSite.answering(200, "{}"), "other.bank.example");
        try (var client =
                new HttpAdminClient(address, site.device(Duration.ofDays(1)), site.root(), gate)) {

            assertThat(trouble(client.status())).isInstanceOf(Trouble.ServerNameMismatch.class);
            assertThat(site.requests).isEmpty();
        }
    }

    @Test
    void saysThatNobodyIsThere() {
        var address = site.adminServer(TlsSite.answering(200, "{}"), "localhost");
        site.close();
        try (var client =
                new HttpAdminClient(address, site.device(Duration.ofDays(1)), site.root(), gate)) {

            assertThat(trouble(client.status())).isInstanceOf(Trouble.Unreachable.class);
        }
    }

    private HttpAdminClient client(com.sun.net.httpserver.HttpHandler handler) {
        return new HttpAdminClient(
                site.adminServer(handler, "localhost"),
                site.device(Duration.ofDays(1)),
                site.root(),
                gate);
    }

    private static Trouble trouble(Answer<?> answer) {
        return switch (answer) {
            case Answer.Refused<?>(Trouble trouble) -> trouble;
            case Answer.Ok<?>(var value) -> throw new AssertionError("was answered: " + value);
        };
    }
}
