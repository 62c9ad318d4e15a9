package com.neuralrouter.server.trial;

import com.neuralrouter.contract.ApiKeyId;
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
 * @param ofKeys those of the API keys that have one
 */
record PoliciesInForce(
        PolicyDocument site,
        Map<WorkspaceId, PolicyDocument> ofWorkspaces,
        Map<ApiKeyId, PolicyDocument> ofKeys) {

    PoliciesInForce {
        ofWorkspaces = Map.copyOf(ofWorkspaces);
        ofKeys = Map.copyOf(ofKeys);
    }

    PolicyDocument of(WorkspaceId workspace) {
        return ofWorkspaces.getOrDefault(workspace, PolicyDocument.NONE);
    }

    PolicyDocument of(ApiKeyId key) {
        return ofKeys.getOrDefault(key, PolicyDocument.NONE);
    }

    PoliciesInForce withSite(PolicyDocument other) {
        return new PoliciesInForce(other, ofWorkspaces, ofKeys);
    }

    PoliciesInForce with(WorkspaceId workspace, PolicyDocument other) {
        var all = new HashMap<>(ofWorkspaces);
        all.put(workspace, other);
        return new PoliciesInForce(site, all, ofKeys);
    }

    PoliciesInForce with(ApiKeyId key, PolicyDocument other) {
        var all = new HashMap<>(ofKeys);
        all.put(key, other);
        return new PoliciesInForce(site, ofWorkspaces, all);
    }

    CompiledPolicy compiledSite() {
        return PolicyEngine.compile(List.of(Policy.of(Level.SITE, site)));
    }

    CompiledPolicy compiled(WorkspaceId workspace) {
        return PolicyEngine.compile(levels(workspace));
    }

    CompiledPolicy compiled(WorkspaceId workspace, ApiKeyId key) {
        return PolicyEngine.compile(levels(workspace, key));
    }

    /** By the rules of these kinds alone. */
    CompiledPolicy compiled(WorkspaceId workspace, ApiKeyId key, Set<RuleKind> kinds) {
        return PolicyEngine.compile(
                levels(workspace, key).stream().map(level -> level.only(kinds)).toList());
    }

    private List<Policy> levels(WorkspaceId workspace) {
        return List.of(Policy.of(Level.SITE, site), Policy.of(Level.WORKSPACE, of(workspace)));
    }

    private List<Policy> levels(WorkspaceId workspace, ApiKeyId key) {
        return List.of(
                Policy.of(Level.SITE, site),
                Policy.of(Level.WORKSPACE, of(workspace)),
                Policy.of(Level.KEY, of(key)));
    }
}
