package com.neuralrouter.server.snapshot;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.server.policy.CompiledPolicy;

import java.util.Map;

/**
 * What a workspace's requests are decided by: the site's rules and its own, and for a key that has
 * rules, those too.
 *
 * @param ofKeys for the keys that have rules of their own
 */
public record WorkspacePolicies(CompiledPolicy ofAll, Map<ApiKeyId, CompiledPolicy> ofKeys) {

    public WorkspacePolicies {
        ofKeys = Map.copyOf(ofKeys);
    }

    /** What that key's requests are decided by. */
    public CompiledPolicy of(ApiKeyId key) {
        return ofKeys.getOrDefault(key, ofAll);
    }
}
