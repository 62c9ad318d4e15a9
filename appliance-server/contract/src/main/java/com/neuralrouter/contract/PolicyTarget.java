package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

/**
 * Whose policy it is: the site's if nothing is named, else that of a workspace or of an API key.
 *
 * @param workspace absent for the site's policy and for that of an API key
 * @param apiKey absent for the site's policy and for that of a workspace
 */
public record PolicyTarget(@Nullable WorkspaceId workspace, @Nullable ApiKeyId apiKey) {
    public static final PolicyTarget SITE = new PolicyTarget(null, null);

    public static PolicyTarget of(WorkspaceId workspace) {
        return new PolicyTarget(workspace, null);
    }

    public static PolicyTarget of(ApiKeyId apiKey) {
        return new PolicyTarget(null, apiKey);
    }
}
