package com.neuralrouter.server.approval;

import com.neuralrouter.contract.Approval.Owner;
import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.contract.ProposedChange.PolicyChange;
import com.neuralrouter.contract.ProposedChange.WorkspaceDeletion;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a change is about, fact by fact, as entries of the audit trail carry it: who reads them can
 * say it in any language. A name of what is gone is left out.
 */
final class ChangeFacts {
    private ChangeFacts() {}

    static Map<String, String> of(ProposedChange change, @Nullable Owner owner) {
        var facts = new TreeMap<String, String>();
        PolicyChange policy = change.policy();
        ProviderDocument provider = change.provider();
        WorkspaceDeletion deletion = change.workspaceDeletion();
        CreateInvitation invitation = change.invitation();
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
        if (deletion != null) {
            facts.put("workspace", deletion.name());
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
