package com.neuralrouter.server.trial;

import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.policy.CompiledPolicy;
import com.neuralrouter.server.policy.Policy;
import com.neuralrouter.server.policy.Policy.Level;
import com.neuralrouter.server.policy.PolicyEngine;
import com.neuralrouter.server.policy.RuleKind;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The policies of a site at one moment, or as they would be. Immutable.
 *
 * @param site the site's own
 * @param ofWorkspaces those of the workspaces that have one
 */
record PoliciesInForce(PolicyDocument site, Map<WorkspaceId, PolicyDocument> ofWorkspaces) {

    PoliciesInForce {
        ofWorkspaces = Map.copyOf(ofWorkspaces);
    }

    PolicyDocument of(WorkspaceId workspace) {
        return ofWorkspaces.getOrDefault(workspace, PolicyDocument.NONE);
    }

    PoliciesInForce withSite(PolicyDocument other) {
        return new PoliciesInForce(other, ofWorkspaces);
    }

    PoliciesInForce with(WorkspaceId workspace, PolicyDocument other) {
        var all = new HashMap<>(ofWorkspaces);
        all.put(workspace, other);
        return new PoliciesInForce(site, all);
    }

    CompiledPolicy compiledSite() {
        return PolicyEngine.compile(List.of(Policy.of(Level.SITE, site)));
    }

    CompiledPolicy compiled(WorkspaceId workspace) {
        return PolicyEngine.compile(levels(workspace));
    }

    /** By the rules of these kinds alone. */
    CompiledPolicy compiled(WorkspaceId workspace, Set<RuleKind> kinds) {
        return PolicyEngine.compile(
                levels(workspace).stream().map(level -> level.only(kinds)).toList());
    }

    private List<Policy> levels(WorkspaceId workspace) {
        return List.of(Policy.of(Level.SITE, site), Policy.of(Level.WORKSPACE, of(workspace)));
    }
}
