package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * An enrolled administrator's device.
 *
 * @param fingerprint SHA-256 of its certificate's public key (SubjectPublicKeyInfo), lower-case hex
 */
public record Device(
        DeviceId id,
        String name,
        Role role,
        String fingerprint,
        Instant enrolledAt,
        Instant certificateExpiresAt,
        @Nullable Instant revokedAt) {}
