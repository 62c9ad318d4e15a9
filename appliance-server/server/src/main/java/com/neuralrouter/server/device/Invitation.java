package com.neuralrouter.server.device;

import com.neuralrouter.contract.InvitationId;
import com.neuralrouter.contract.Role;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An invitation to enrol one device, as it is stored.
 *
 * @param tokenHash SHA-256 of the token
 * @param failures how many attempts have failed so far
 * @param used whether a device was enrolled by it
 * @param person who will have the device; null if it is called as its person is
 */
record Invitation(
        InvitationId id,
        String selector,
        byte[] tokenHash,
        String name,
        Role role,
        Instant createdAt,
        Instant expiresAt,
        int failures,
        boolean used,
        @Nullable String person) {

    static final Duration VALIDITY = Duration.ofMinutes(15);
    static final int MAX_FAILURES = 3;

    /** How long one that has expired is kept: what an attempt with it came to is in the trail. */
    static final Duration KEPT = Duration.ofDays(30);

    /** Why it cannot be used, for the audit trail; empty if it can. */
    Optional<String> refusal(EnrolmentToken token, Instant now) {
        if (used) {
            return Optional.of("used");
        }
        if (!now.isBefore(expiresAt)) {
            return Optional.of("expired");
        }
        if (failures >= MAX_FAILURES) {
            return Optional.of("tried_too_often");
        }
        return MessageDigest.isEqual(tokenHash, token.hash())
                ? Optional.empty()
                : Optional.of("wrong_token");
    }

    @Override
    public String toString() {
        return "Invitation[id=" + id + ", tokenHash=redacted]";
    }
}
