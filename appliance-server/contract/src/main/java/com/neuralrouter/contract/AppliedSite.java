package com.neuralrouter.contract;

import java.util.List;

/**
 * What was changed, and the API keys that were created, with their secrets: the one answer that
 * ever carries them.
 */
public record AppliedSite(SitePlan plan, List<CreatedApiKey> createdKeys) {

    public AppliedSite {
        createdKeys = List.copyOf(createdKeys);
    }
}
