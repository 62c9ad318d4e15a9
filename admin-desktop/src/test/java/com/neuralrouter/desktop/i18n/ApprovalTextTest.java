package com.neuralrouter.desktop.i18n;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.Approval;
import com.neuralrouter.contract.Approval.Owner;
import com.neuralrouter.contract.Approval.Party;
import com.neuralrouter.contract.ApprovalId;
import com.neuralrouter.contract.ApprovalRules;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.ChangedField;
import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.contract.ProposedChange.PolicyChange;
import com.neuralrouter.contract.ProposedChange.WorkspaceDeletion;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.Role;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.desktop.support.Samples;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Locale;
import java.util.Map;

class ApprovalTextTest {
    private static final Messages ENGLISH = new Messages(Locale.ENGLISH);
    private static final Messages GERMAN = new Messages(Locale.GERMAN);
    private static final WorkspaceId RESEARCH = Samples.id(WorkspaceId::of, 12);
    private static final ApiKeyId BATCH = Samples.id(ApiKeyId::of, 31);

    @Test
    void saysInEachLanguageWhosePolicyItIs() {
        said(policy(PolicyTarget.SITE, null), "Policy of the site", "Richtlinie des Standorts");
        said(
                policy(PolicyTarget.of(RESEARCH), new Owner("research", null)),
                "Policy of the workspace research",
                "Richtlinie des Arbeitsbereichs research");
        said(
                policy(PolicyTarget.of(BATCH), new Owner("research", "batch")),
                "Policy of the API key batch of research",
                "Richtlinie des API-Schlüssels batch von research");
    }

    @Test
    void saysWhatElseIsProposed() {
        said(
                one(
                        ProposedChange.of(new CreateInvitation("Mei, laptop", Role.ADMIN, "Mei")),
                        null),
                "Invitation of Mei, laptop (Administrator)",
                "Einladung von Mei, laptop (Administration)");
        said(
                one(ProposedChange.of(new WorkspaceDeletion(RESEARCH, "research")), null),
                "Deletion of the workspace research",
                "Löschung des Arbeitsbereichs research");
        said(
                one(ProposedChange.of(ApprovalRules.NONE), null),
                "Which changes need a second person",
                "Welche Änderungen eine zweite Person brauchen");
    }

    /** An appliance from before names were told, or what it is about is gone. */
    @Test
    void keepsTheAppliancesWordsForWhatHasNoName() {
        said(
                policy(PolicyTarget.of(RESEARCH), null),
                "as the appliance says",
                "as the appliance says");
        said(
                policy(PolicyTarget.of(BATCH), new Owner("research", null)),
                "as the appliance says",
                "as the appliance says");
    }

    @Test
    void saysWhatWouldBeDifferent() {
        var invitation =
                one(ProposedChange.of(new CreateInvitation("laptop", Role.OWNER, "Mei")), null);
        var deletion = one(ProposedChange.of(new WorkspaceDeletion(RESEARCH, "research")), null);

        assertThat(ApprovalText.differences(invitation, GERMAN))
                .containsExactly("Lässt ein Gerät von Mei herein (Owner).");
        assertThat(ApprovalText.differences(deletion, GERMAN))
                .singleElement()
                .asString()
                .startsWith("Löscht den Arbeitsbereich research ");
        assertThat(ApprovalText.differences(policy(PolicyTarget.SITE, null), GERMAN))
                .containsExactly("maxOutputTokens: 1 → 2");
        assertThat(
                        ApprovalText.differences(
                                one(
                                        ProposedChange.of(ApprovalRules.NONE),
                                        null,
                                        new ChangedField(
                                                "required", List.of("PROVIDER"), List.of()),
                                        new ChangedField("validHours", 24, 72)),
                                GERMAN))
                .containsExactly(
                        "Braucht eine zweite Person: Anbieter → gar nichts",
                        "Stunden, die eine Vorlage wartet: 24 → 72");
    }

    @Test
    void tellsANewProviderFromOneThatIsChanged() {
        var provider =
                ProposedChange.of(
                        new ProviderDocument(
                                "gpu", ProviderKind.OPENAI, "http://g/v1", null, null));
        var changed =
                one(provider, null, new ChangedField("baseUrl", "http://a/v1", "http://g/v1"));
        var declared =
                one(
                        provider,
                        null,
                        new ChangedField("kind", null, "openai"),
                        new ChangedField("trustedCertificates", null, null),
                        new ChangedField("trainsOnData", null, false));

        assertThat(ApprovalText.differences(changed, GERMAN))
                .containsExactly("Adresse: http://a/v1 → http://g/v1");
        assertThat(ApprovalText.differences(declared, GERMAN))
                .containsExactly(
                        "Ein neuer Anbieter.",
                        "Art: openai",
                        "Vertraute CA-Zertifikate: angegeben, hier nicht gezeigt",
                        "Trainiert mit Inhalten: nein");
    }

    @Test
    void readsTheSameFactsFromTheAuditTrail() {
        assertThat(trail(Map.of("kind", "POLICY", "level", "WORKSPACE", "workspace", "research")))
                .isEqualTo("Richtlinie des Arbeitsbereichs research");
        assertThat(trail(Map.of("kind", "PROVIDER", "provider", "gpu-hall-a")))
                .isEqualTo("Anbieter gpu-hall-a");
        assertThat(trail(Map.of("kind", "INVITATION", "name", "Mei", "role", "GUARD")))
                .isEqualTo("Einladung von Mei (GUARD)");
        assertThat(trail(Map.of("kind", "POLICY", "subject", "the policy of the workspace x")))
                .isEqualTo("the policy of the workspace x");
        assertThat(trail(Map.of("kind", "FIRMWARE", "subject", "the firmware")))
                .isEqualTo("the firmware");
        assertThat(ApprovalText.subject(entry("device/1", Map.of("kind", "POLICY")), GERMAN))
                .isEmpty();
    }

    private static String trail(Map<String, String> details) {
        return ApprovalText.subject(entry("approval/1", details), GERMAN).orElse("");
    }

    private static void said(Approval approval, String english, String german) {
        assertThat(ApprovalText.subject(approval, ENGLISH)).isEqualTo(english);
        assertThat(ApprovalText.subject(approval, GERMAN)).isEqualTo(german);
    }

    private static Approval policy(PolicyTarget target, @Nullable Owner owner) {
        return one(ProposedChange.of(new PolicyChange(target, null, null)), owner);
    }

    private static Approval one(
            ProposedChange change, @Nullable Owner owner, ChangedField... fields) {
        return new Approval(
                Samples.id(ApprovalId::of, 71),
                change.kind(),
                "as the appliance says",
                change,
                "c0de",
                List.of("maxOutputTokens: 1 → 2"),
                "",
                Approval.State.PENDING,
                false,
                new Party("Ana", "Ana"),
                Samples.NOW,
                Samples.NOW,
                null,
                null,
                null,
                owner,
                List.of(fields));
    }

    private static AuditEntry entry(String target, Map<String, String> details) {
        return new AuditEntry(
                1,
                Samples.NOW,
                new AuditEntry.Actor("system", "appliance", "appliance", null),
                "approval.proposed",
                target,
                null,
                AuditEntry.Outcome.DONE,
                "0199c5a2-1111-7000-8000-0000009f3c21",
                details);
    }
}
