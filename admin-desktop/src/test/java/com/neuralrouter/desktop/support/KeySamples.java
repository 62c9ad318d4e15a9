package com.neuralrouter.desktop.support;

import com.neuralrouter.contract.ApiKey;
import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.CreateApiKey;
import com.neuralrouter.contract.Device;
import com.neuralrouter.contract.WorkspaceId;

/** Keys and devices as they are after a change. */
final class KeySamples {
    private KeySamples() {}

    static ApiKey created(int number, WorkspaceId workspace, CreateApiKey draft) {
        return new ApiKey(
                Samples.id(ApiKeyId::of, number),
                workspace,
                draft.name(),
                "nr_4xQ7pLm2Ka",
                "9fWz",
                ApiKey.State.ACTIVE,
                Samples.NOW,
                draft.expiresAt(),
                null,
                null);
    }

    static ApiKey revoked(ApiKey key) {
        return new ApiKey(
                key.id(),
                key.workspaceId(),
                key.name(),
                key.prefix(),
                key.lastFour(),
                ApiKey.State.REVOKED,
                key.createdAt(),
                key.expiresAt(),
                Samples.NOW,
                key.lastUsedAt());
    }

    static Device revoked(Device device) {
        return new Device(
                device.id(),
                device.name(),
                device.role(),
                device.fingerprint(),
                device.enrolledAt(),
                device.certificateExpiresAt(),
                Samples.NOW);
    }
}
