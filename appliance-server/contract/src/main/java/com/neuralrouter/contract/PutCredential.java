package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

/** Sets a workspace's credential for a provider, in place of the one before if there was one. */
public record PutCredential(ProviderId providerId, @Nullable String label, String secret) {

    @Override
    public String toString() {
        return "PutCredential[providerId=" + providerId + ", label=" + label + ", secret=redacted]";
    }
}
