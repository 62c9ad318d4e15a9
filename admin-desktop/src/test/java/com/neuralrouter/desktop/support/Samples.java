package com.neuralrouter.desktop.support;

import com.neuralrouter.contract.ApiKey;
import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.ApplianceStatus;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.Backup;
import com.neuralrouter.contract.Credential;
import com.neuralrouter.contract.CredentialId;
import com.neuralrouter.contract.Device;
import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.Provider;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.RequestCosts;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.contract.Role;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A bank's site as it might be on an afternoon: what tests and screenshots show. */
public final class Samples {
    public static final Instant NOW = Instant.parse("2026-11-23T14:05:00Z");
    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    public static final String ENROLMENT_CODE = "nre1-sample-code-for-pictures-only";

    private static final WorkspaceId CLAIMS = id(WorkspaceId::of, 11);
    private static final ProviderId GPU_A = id(ProviderId::of, 21);
    private static final ProviderId GPU_B = id(ProviderId::of, 22);
    private static final ProviderId HOSTED = id(ProviderId::of, 23);

    private Samples() {}

    /** An id that is the same in every run. */
    public static <T> T id(Function<String, T> of, int number) {
        return of.apply("0199c5a2-7b1e-7000-8000-%012d".formatted(number));
    }

    /** An appliance that has been at work for three days. */
    public static FakeAdminClient site() {
        var site = new FakeAdminClient();
        site.workspaces.addAll(
                List.of(
                        workspace(11, "claims-assistant", "Drafts answers to insurance claims", 40),
                        workspace(12, "code-review", "Engineering: review of merge requests", 38),
                        workspace(
                                13, "contact-centre", "Summaries of calls, no customer names", 21),
                        suspended(workspace(14, "fraud-pilot", "Pilot until the risk review", 9)),
                        workspace(15, "research", "Market research, public sources only", 2)));
        site.apiKeys.addAll(
                List.of(
                        key(31, "claims-backend", "nr_7Ft2mWq8Lc", "Xk2p", ApiKey.State.ACTIVE, 35),
                        key(32, "claims-batch", "nr_Qa91zPr4Vd", "7HbN", ApiKey.State.ACTIVE, 20),
                        key(
                                33,
                                "claims-staging",
                                "nr_b6Ys0TnJ3e",
                                "Lm0c",
                                ApiKey.State.EXPIRED,
                                38),
                        key(34, "laptop-jk", "nr_2hVx5uGw9o", "s8Rt", ApiKey.State.REVOKED, 39)));
        site.providers.addAll(
                List.of(
                        provider(GPU_A, "gpu-hall-a", "https://vllm-a.bank.example:8000/v1"),
                        provider(GPU_B, "gpu-hall-b", "https://vllm-b.bank.example:8000/v1"),
                        provider(HOSTED, "eu-hosted", "https://llm.provider.example/v1")));
        site.credentials.addAll(
                List.of(
                        credential(41, GPU_A, "gpu-hall-a", "shared cluster token", "a91f", 40),
                        credential(42, HOSTED, "eu-hosted", "contract 2026-117", "Zq3x", 12)));
        site.routes.addAll(RouteSamples.routes());
        site.health.addAll(RouteSamples.health());
        site.incidents.addAll(RouteSamples.incidents());
        for (int i = 0; i < 60; i++) {
            site.requests.add(request(i));
        }
        site.audit.addAll(audit());
        site.devices.addAll(
                List.of(
                        device(1, "Ana Ruiz", Role.OWNER, 40, 325, null),
                        device(2, "Jonas Keller", Role.ADMIN, 32, 333, null),
                        device(3, "Internal audit", Role.MEMBER, 30, 20, null),
                        device(4, "Old laptop JK", Role.ADMIN, 40, 325, NOW.minus(days(32)))));
        site.policies.versions.addAll(PolicySamples.versions());
        site.policies.approvals.addAll(PolicySamples.approvals());
        site.usage.limits.addAll(UsageSamples.limits());
        site.usage.budgets.addAll(UsageSamples.budgets());
        site.usage.rows.addAll(UsageSamples.rows());
        site.governance.access = GovernanceSamples.access();
        site.governance.holds.addAll(GovernanceSamples.holds());
        site.vault = VaultSamples.vault("passphrase", 0, 0);
        for (int day = 0; day < 6; day++) {
            site.backups.add(VaultSamples.backup(Backup.Kind.DATA, 3 + 24 * day));
            site.backups.add(VaultSamples.backup(Backup.Kind.KEYS, 3 + 24 * day));
        }
        return site;
    }

    /** An appliance that has run for three days. */
    static ApplianceStatus status(long snapshot, long entries, Role role) {
        return new ApplianceStatus(
                "hq-appliance",
                "0.1.0",
                "0199c5a2-0000-7000-8000-000000000001",
                snapshot,
                entries,
                NOW,
                NOW.minus(Duration.ofDays(3)),
                "https://llm.bank.example:8443/v1",
                Set.of(),
                2,
                new ApplianceStatus.You(
                        id(DeviceId::of, 1), "Ana Ruiz", "Ana Ruiz", role, role.permissions()));
    }

    /** As {@link #site}, where a backup was verified and a restore rehearsed not long ago. */
    public static FakeAdminClient provenSite() {
        var site = site();
        site.audit.add(
                told(
                        12,
                        "backup.drill_passed",
                        VaultSamples.backup(Backup.Kind.DATA, 51).name(),
                        40));
        site.audit.add(
                told(13, "backup.verified", VaultSamples.backup(Backup.Kind.DATA, 27).name(), 26));
        return site;
    }

    /** What the trail says of a backup so many hours ago. */
    public static AuditEntry told(long sequence, String action, String backup, int hoursAgo) {
        return entry(
                sequence,
                hoursAgo * 60,
                new AuditEntry.Actor("system", "backup", "backup", null),
                action,
                "backup/" + backup,
                "",
                AuditEntry.Outcome.DONE);
    }

    /** A workspace made so many days ago. */
    public static Workspace workspace(int number, String name, String description, int daysAgo) {
        return new Workspace(
                id(WorkspaceId::of, number),
                name,
                description,
                Workspace.State.ACTIVE,
                NOW.minus(days(daysAgo)),
                1);
    }

    private static Workspace suspended(Workspace one) {
        return new Workspace(
                one.id(),
                one.name(),
                one.description(),
                Workspace.State.SUSPENDED,
                one.createdAt(),
                2);
    }

    private static ApiKey key(
            int number,
            String name,
            String prefix,
            String lastFour,
            ApiKey.State state,
            int daysAgo) {
        return new ApiKey(
                id(ApiKeyId::of, number),
                CLAIMS,
                name,
                prefix,
                lastFour,
                state,
                NOW.minus(days(daysAgo)),
                state == ApiKey.State.EXPIRED ? NOW.minus(days(2)) : NOW.plus(days(90)),
                state == ApiKey.State.REVOKED ? NOW.minus(days(3)) : null,
                state == ApiKey.State.ACTIVE ? NOW.minus(Duration.ofMinutes(number)) : null);
    }

    private static Provider provider(ProviderId id, String name, String url) {
        return new Provider(
                id,
                name,
                ProviderKind.OPENAI,
                url,
                Provider.Authentication.BEARER,
                "DE",
                "eu-central-1",
                false,
                "30d",
                1,
                NOW.minus(days(40)));
    }

    private static Credential credential(
            int number,
            ProviderId provider,
            String name,
            String label,
            String lastFour,
            int daysAgo) {
        return new Credential(
                id(CredentialId::of, number),
                CLAIMS,
                provider,
                name,
                label,
                lastFour,
                NOW.minus(days(40)),
                NOW.minus(days(daysAgo)));
    }

    /** One of the last requests; higher numbers are newer. */
    public static RequestSummary request(int number) {
        boolean failed = number % 13 == 5;
        boolean gone = number % 17 == 9;
        var outcome =
                failed
                        ? RequestSummary.Outcome.FAILED
                        : gone
                                ? RequestSummary.Outcome.CLIENT_GONE
                                : RequestSummary.Outcome.COMPLETED;
        return new RequestSummary(
                5000 + number,
                id(RequestId::of, 5000 + number),
                NOW.minus(Duration.ofSeconds(7L * (60 - number))),
                CLAIMS,
                number % 4 == 3 ? "code-review" : "claims-assistant",
                id(ApiKeyId::of, 31),
                number % 4 == 3 ? "ci-reviewer" : "claims-backend",
                number % 4 == 3 ? "bank-code" : "bank-general",
                failed ? null : number % 5 == 0 ? "gpu-hall-b" : "gpu-hall-a",
                failed ? null : "llama-3.3-70b",
                outcome,
                failed ? 502 : 200,
                failed ? ProblemCode.UPSTREAM_FAILED : null,
                number % 3 != 0,
                failed ? 2 : 1,
                failed ? 0 : 84_000 + 1_700L * (number % 23),
                failed ? 2_100_000 : 1_240_000 + 61_000L * (number % 31),
                310 + 11L * (number % 40),
                failed ? 0 : 120 + 9L * (number % 37),
                false,
                "on-prem",
                null,
                "5f0c".repeat(16),
                number % 9 == 0 ? "email:tokenise=2" : null,
                new RequestCosts(96, 0, 12, 4_120L, "EUR", "2026112901", 0, 900));
    }

    private static List<AuditEntry> audit() {
        var ana =
                new AuditEntry.Actor(
                        "device", id(DeviceId::of, 1).toString(), "Ana Ruiz", "10.20.4.17");
        var jonas =
                new AuditEntry.Actor(
                        "device", id(DeviceId::of, 2).toString(), "Jonas Keller", "10.20.4.31");
        var system = new AuditEntry.Actor("system", "appliance", "appliance", null);
        return List.of(
                entry(
                        1276,
                        300,
                        system,
                        "appliance.started",
                        "appliance",
                        "",
                        AuditEntry.Outcome.DONE),
                entry(
                        1277,
                        240,
                        ana,
                        "workspace.created",
                        "workspace/research",
                        "research",
                        AuditEntry.Outcome.DONE),
                entry(
                        1278,
                        182,
                        ana,
                        "api_key.created",
                        "api_key/claims-batch",
                        "claims-assistant",
                        AuditEntry.Outcome.DONE),
                entry(
                        1279,
                        65,
                        jonas,
                        "device.revoked",
                        "device/old-laptop-jk",
                        "",
                        AuditEntry.Outcome.REFUSED),
                entry(
                        1280,
                        12,
                        ana,
                        "credential.replaced",
                        "credential/eu-hosted",
                        "claims-assistant",
                        AuditEntry.Outcome.DONE));
    }

    private static AuditEntry entry(
            long sequence,
            int minutesAgo,
            AuditEntry.Actor actor,
            String action,
            String target,
            String workspace,
            AuditEntry.Outcome outcome) {
        int kind = target.startsWith("backup/") ? 0 : target.indexOf('/') + 1;
        return new AuditEntry(
                sequence,
                NOW.minus(Duration.ofMinutes(minutesAgo)),
                actor,
                action,
                kind == 0
                        ? target
                        : target.substring(0, kind) + id(RequestId::of, (int) sequence + 4_000),
                workspace.isEmpty() ? null : workspace,
                outcome,
                id(RequestId::of, (int) sequence).toString(),
                outcome == AuditEntry.Outcome.REFUSED
                        ? Map.of("missing", "devices_manage")
                        : Map.of(
                                target.startsWith("credential/") ? "provider" : "name",
                                target.substring(kind)));
    }

    private static Device device(
            int number,
            String name,
            Role role,
            int daysAgo,
            int daysLeft,
            @org.jspecify.annotations.Nullable Instant revokedAt) {
        return new Device(
                id(DeviceId::of, number),
                name,
                role,
                "5f0c3ab19d72%052d".formatted(number),
                NOW.minus(days(daysAgo)),
                NOW.plus(days(daysLeft)),
                revokedAt);
    }

    private static Duration days(int days) {
        return Duration.ofDays(days);
    }
}
