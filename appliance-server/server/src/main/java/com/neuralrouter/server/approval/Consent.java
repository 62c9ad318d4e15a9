package com.neuralrouter.server.approval;

import com.neuralrouter.contract.ApprovalId;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Optional;

/**
 * Proof that a change may be made as far as a second person is concerned: none is needed, or one
 * has approved it. Only this package makes one, so that a change that nobody asked about does not
 * compile. Immutable.
 */
public final class Consent {
    private final @Nullable ApprovalId approval;

    private Consent(@Nullable ApprovalId approval) {
        this.approval = approval;
    }

    /** The site demands no second person for it. */
    static Consent notNeeded() {
        return new Consent(null);
    }

    /** A second person has approved it. */
    static Consent of(ApprovalId approval) {
        return new Consent(approval);
    }

    /** By which it was approved, if that was needed. */
    public Optional<ApprovalId> approval() {
        return Optional.ofNullable(approval);
    }

    /** For the audit entry of the change. */
    public Map<String, String> details() {
        return approval == null ? Map.of() : Map.of("approval", approval.toString());
    }
}
