package com.neuralrouter.server.route;

import com.neuralrouter.contract.ProviderHealth.Standing;

import java.time.Instant;

/**
 * That a provider is not in full service, and why.
 *
 * @param standing suspended, or returning
 * @param automatic whether the appliance did it by itself, and will end it by itself
 * @param reason in words without content
 * @param since when it came to this standing
 */
public record Suspension(Standing standing, boolean automatic, String reason, Instant since) {
    static final int LONGEST_REASON = 1_000;

    public Suspension {
        if (standing == Standing.IN_SERVICE) {
            throw new IllegalArgumentException("who is in service is not suspended");
        }
    }
}
