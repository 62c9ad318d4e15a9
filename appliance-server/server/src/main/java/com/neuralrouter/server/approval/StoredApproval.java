package com.neuralrouter.server.approval;

import com.neuralrouter.contract.Approval;
import com.neuralrouter.contract.Approval.Owner;
import com.neuralrouter.contract.Approval.Party;
import com.neuralrouter.contract.Approval.State;
import com.neuralrouter.contract.ApprovalId;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.ProposedChange;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A proposed change as it lies in the store.
 *
 * @param document the change's text, which is what the hash is over
 * @param base what it was made from
 */
record StoredApproval(
        ApprovalId id,
        ChangeKind kind,
        String subject,
        String document,
        String base,
        String hash,
        WhatDiffers differences,
        String note,
        Proposed proposed,
        @Nullable Decision decision) {

    /** By whom, when, and for how long. */
    record Proposed(Party by, Instant at, Instant expiresAt) {}

    /**
     * What became of it.
     *
     * @param by null if it expired
     */
    record Decision(State state, @Nullable Party by, Instant at, String note) {}

    ProposedChange change() {
        return ChangeText.read(document);
    }

    /** Decided or not at that moment: one whose time is over has expired, whatever its row says. */
    State state(Instant now) {
        if (decision != null) {
            return decision.state();
        }
        return now.isBefore(proposed.expiresAt()) ? State.PENDING : State.EXPIRED;
    }

    StoredApproval decided(Decision made) {
        return new StoredApproval(
                id, kind, subject, document, base, hash, differences, note, proposed, made);
    }

    Approval wire(Instant now, boolean baseChanged, @Nullable Owner owner) {
        State state = state(now);
        return new Approval(
                id,
                kind,
                subject,
                change(),
                hash,
                differences.words(),
                note,
                state,
                state == State.PENDING && baseChanged,
                proposed.by(),
                proposed.at(),
                proposed.expiresAt(),
                decision == null ? null : decision.by(),
                decision == null ? null : decision.at(),
                decision == null ? null : decision.note(),
                owner,
                differences.fields());
    }
}
