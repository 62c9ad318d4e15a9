package com.neuralrouter.server.snapshot;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.policy.CompiledPolicy;
import com.neuralrouter.server.policy.Policy;
import com.neuralrouter.server.policy.Policy.Level;
import com.neuralrouter.server.policy.PolicyEngine;
import com.neuralrouter.server.store.Tx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes of the policies in the store what the requests of each workspace are decided by. */
final class WorkspacePolicyCompiler {
    private WorkspacePolicyCompiler() {}

    static Map<WorkspaceId, WorkspacePolicies> compile(SnapshotSources sources, Tx tx) {
        Policy site = Policy.of(Level.SITE, sources.policies().site(tx).orElse(null));
        Map<WorkspaceId, PolicyDocument> own = sources.policies().all(tx);
        Map<WorkspaceId, Map<ApiKeyId, PolicyDocument>> keys = sources.policies().ofKeys(tx);
        var compiled = new HashMap<WorkspaceId, WorkspacePolicies>();
        for (Workspace workspace : sources.workspaces().all(tx)) {
            Policy its = Policy.of(Level.WORKSPACE, own.get(workspace.id()));
            compiled.put(
                    workspace.id(),
                    new WorkspacePolicies(
                            PolicyEngine.compile(List.of(site, its)),
                            ofKeys(site, its, keys.getOrDefault(workspace.id(), Map.of()))));
        }
        return compiled;
    }

    private static Map<ApiKeyId, CompiledPolicy> ofKeys(
            Policy site, Policy its, Map<ApiKeyId, PolicyDocument> keys) {
        var compiled = new HashMap<ApiKeyId, CompiledPolicy>();
        keys.forEach((key, document) ->
                compiled.put(
                        key,
                        PolicyEngine.compile(List.of(site, its, Policy.of(Level.KEY, document)))));
        return compiled;
    }
}
