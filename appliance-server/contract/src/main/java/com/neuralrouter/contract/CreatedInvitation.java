package com.neuralrouter.contract;

import java.time.Instant;

/** A new invitation with its code: the one answer that ever carries it. */
public record CreatedInvitation(
        InvitationId id, String name, Role role, Instant expiresAt, String code) {

    @Override
    public String toString() {
        return "CreatedInvitation[id="
                + id
                + ", name="
                + name
                + ", role="
                + role
                + ", code=redacted]";
    }
}
