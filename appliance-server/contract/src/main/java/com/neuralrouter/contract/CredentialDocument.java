package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

/**
 * A workspace's credential for a provider.
 *
 * @param secret present on the way in, absent in an export; the YAML names a file or an environment
 *     variable, and the command reads it
 */
public record CredentialDocument(String provider, @Nullable String label, @Nullable String secret) {
    @Override
    public String toString() {
        return "CredentialDocument[provider="
                + provider
                + ", label="
                + label
                + ", secret=redacted]";
    }
}
