package com.neuralrouter.desktop.i18n;

import com.neuralrouter.contract.Approval;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.ProposedChange.WorkspaceDeletion;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a change that waits for a second person is about, in the reader's language: put together
 * from its facts, which an approval and the audit trail's entries about it have alike. What an
 * older or a newer appliance tells otherwise stays in its words.
 */
public final class ApprovalText {
    private ApprovalText() {}

    /** What the change is about. */
    public static String subject(Approval approval, Messages messages) {
        return subject(approval.kind().name(), approval.change().facts(approval.owner()), messages)
                .orElseGet(approval::subject);
    }

    /** The same of an entry about an approval; empty if it is about something else. */
    public static Optional<String> subject(AuditEntry entry, Messages messages) {
        if (!entry.target().startsWith("approval/")) {
            return Optional.empty();
        }
        var details = entry.details();
        return subject(details.getOrDefault("kind", ""), details, messages)
                .or(() -> Optional.ofNullable(details.get("subject")));
    }

    /** What would be different, one line for each. */
    public static List<String> differences(Approval approval, Messages messages) {
        CreateInvitation invitation = approval.change().invitation();
        if (invitation != null) {
            return List.of(
                    messages.text(
                            "approvals.difference.invitation",
                            Objects.requireNonNullElse(invitation.person(), invitation.name()),
                            role(invitation.role().name(), messages)));
        }
        WorkspaceDeletion deletion = approval.change().workspaceDeletion();
        if (deletion != null) {
            return List.of(
                    messages.text("approvals.difference.workspace_deletion", deletion.name()));
        }
        return isNewProvider(approval)
                ? Stream.concat(
                                Stream.of(messages.text("approvals.difference.provider")),
                                approval.fields().stream()
                                        .map(field -> FieldText.declared(field, messages)))
                        .toList()
                : FieldText.lines(approval.fields(), approval.differences(), messages);
    }

    /** Every provider is of some kind, so one that was of none was not there. */
    private static boolean isNewProvider(Approval approval) {
        return approval.kind() == ChangeKind.PROVIDER
                && approval.fields().stream()
                        .anyMatch(each -> each.field().equals("kind") && each.before() == null);
    }

    private static Optional<String> subject(
            String kind, Map<String, String> facts, Messages messages) {
        return switch (kind) {
            case "POLICY" -> policy(facts, messages);
            case "PROVIDER" -> fact(facts, "provider", "approvals.subject.provider", messages);
            case "WORKSPACE_DELETION" ->
                    fact(facts, "workspace", "approvals.subject.workspace_deletion", messages);
            case "INVITATION" -> invitation(facts, messages);
            case "APPROVAL_RULES" -> Optional.of(messages.text("approvals.subject.approval_rules"));
            default -> Optional.empty();
        };
    }

    private static Optional<String> policy(Map<String, String> facts, Messages messages) {
        var workspace = facts.get("workspace");
        var key = facts.get("apiKey");
        return switch (facts.getOrDefault("level", "")) {
            case "SITE" -> Optional.of(messages.text("approvals.subject.policy_site"));
            case "WORKSPACE" ->
                    fact(facts, "workspace", "approvals.subject.policy_workspace", messages);
            case "API_KEY" ->
                    key == null || workspace == null
                            ? Optional.empty()
                            : Optional.of(
                                    messages.text(
                                            "approvals.subject.policy_api_key", key, workspace));
            default -> Optional.empty();
        };
    }

    private static Optional<String> invitation(Map<String, String> facts, Messages messages) {
        var name = facts.get("name");
        return name == null
                ? Optional.empty()
                : Optional.of(
                        messages.text(
                                "approvals.subject.invitation",
                                name,
                                role(facts.getOrDefault("role", ""), messages)));
    }

    private static Optional<String> fact(
            Map<String, String> facts, String fact, String key, Messages messages) {
        return Optional.ofNullable(facts.get(fact)).map(value -> messages.text(key, value));
    }

    private static String role(String role, Messages messages) {
        var key = "shell.role." + role.toLowerCase(Locale.ROOT);
        return messages.has(key) ? messages.text(key) : role;
    }
}
