package com.neuralrouter.contract;

import com.neuralrouter.contract.Approval.Owner;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.TreeMap;

/**
 * A change that a second person is to approve: the kind, and the one part that belongs to it. What
 * it holds is what is carried out, letter by letter. It never holds a secret.
 *
 * @param policy for {@link ChangeKind#POLICY}
 * @param provider for {@link ChangeKind#PROVIDER}: what shall be declared of the provider of that
 *     name, a new one or one that there is
 * @param workspaceDeletion for {@link ChangeKind#WORKSPACE_DELETION}
 * @param invitation for {@link ChangeKind#INVITATION}
 * @param approvalRules for {@link ChangeKind#APPROVAL_RULES}
 */
public record ProposedChange(
        ChangeKind kind,
        @Nullable PolicyChange policy,
        @Nullable ProviderDocument provider,
        @Nullable WorkspaceDeletion workspaceDeletion,
        @Nullable CreateInvitation invitation,
        @Nullable ApprovalRules approvalRules) {

    /**
     * @param policy absent takes all rules away
     * @param restores the version that it goes back to, if it does
     */
    public record PolicyChange(
            PolicyTarget target, @Nullable PolicyDocument policy, @Nullable Long restores) {}

    /**
     * @param name the workspace's name; another one is refused
     */
    public record WorkspaceDeletion(WorkspaceId workspace, String name) {}

    public static ProposedChange of(PolicyChange policy) {
        return new ProposedChange(ChangeKind.POLICY, policy, null, null, null, null);
    }

    public static ProposedChange of(ProviderDocument provider) {
        return new ProposedChange(ChangeKind.PROVIDER, null, provider, null, null, null);
    }

    public static ProposedChange of(WorkspaceDeletion deletion) {
        return new ProposedChange(ChangeKind.WORKSPACE_DELETION, null, null, deletion, null, null);
    }

    public static ProposedChange of(CreateInvitation invitation) {
        return new ProposedChange(ChangeKind.INVITATION, null, null, null, invitation, null);
    }

    public static ProposedChange of(ApprovalRules rules) {
        return new ProposedChange(ChangeKind.APPROVAL_RULES, null, null, null, null, rules);
    }

    /**
     * What it is about, fact by fact, as entries of the audit trail carry it: who reads them can
     * say it in any language.
     *
     * @param owner whose policy it is; null if it is about something else, or that is gone
     */
    public Map<String, String> facts(@Nullable Owner owner) {
        var facts = new TreeMap<String, String>();
        if (policy != null) {
            facts.put("level", level(policy.target()));
        }
        if (owner != null) {
            facts.put("workspace", owner.workspace());
        }
        if (owner != null && owner.apiKey() != null) {
            facts.put("apiKey", owner.apiKey());
        }
        if (provider != null) {
            facts.put("provider", provider.name());
        }
        if (workspaceDeletion != null) {
            facts.put("workspace", workspaceDeletion.name());
        }
        if (invitation != null) {
            facts.put("name", invitation.name());
            facts.put("role", invitation.role().name());
        }
        return facts;
    }

    private static String level(PolicyTarget target) {
        if (target.apiKey() != null) {
            return "API_KEY";
        }
        return target.workspace() == null ? "SITE" : "WORKSPACE";
    }
}
