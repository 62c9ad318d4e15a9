package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * An enrolled administrator's device.
 *
 * @param fingerprint SHA-256 of its certificate's public key (SubjectPublicKeyInfo), lower-case hex
 * @param person who has it; absent means that it is called as its person is
 */
public record Device(
        DeviceId id,
        String name,
        Role role,
        String fingerprint,
        Instant enrolledAt,
        Instant certificateExpiresAt,
        @Nullable Instant revokedAt,
        @Nullable String person) {

    /** One that is called as the person who has it. */
    public Device(
            DeviceId id,
            String name,
            Role role,
            String fingerprint,
            Instant enrolledAt,
            Instant certificateExpiresAt,
            @Nullable Instant revokedAt) {
        this(id, name, role, fingerprint, enrolledAt, certificateExpiresAt, revokedAt, null);
    }

    /** Who has it. */
    public String heldBy() {
        return person == null ? name : person;
    }
}
