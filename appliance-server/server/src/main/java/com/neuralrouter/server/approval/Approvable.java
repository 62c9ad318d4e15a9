package com.neuralrouter.server.approval;

import com.neuralrouter.contract.Approval.Owner;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.CreatedInvitation;
import com.neuralrouter.contract.DeletedWorkspace;
import com.neuralrouter.contract.PolicyVersion;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A kind of change that can wait for a second person, as the room says it whose change it is. Safe
 * for all threads.
 */
public interface Approvable {
    ChangeKind kind();

    /** What the change would do now. Throws {@link AdminRefused} for one that could not be made. */
    Draft draft(Tx tx, ProposedChange change);

    /** Whose policy it is, by name; empty if it is about something else, or that is gone. */
    default Optional<Owner> owner(Tx tx, ProposedChange change) {
        return Optional.empty();
    }

    /** Makes the change. Throws {@link AdminRefused}. */
    CarriedOut carryOut(Tx tx, ProposedChange change, Approved approved);

    /** What is left to do when the change is durable; by default nothing. */
    default CarriedOut committed(Authorised by, CarriedOut done) {
        return done;
    }

    /**
     * A change before it is made.
     *
     * @param subject what it is about
     * @param base what it is made from: another text means that something has changed since
     * @param differences what would be different
     */
    record Draft(String subject, String base, WhatDiffers differences) {}

    /**
     * By whom and why.
     *
     * @param by who approves, and so makes the change
     * @param proposer the person who proposed it
     */
    record Approved(Authorised by, String proposer, String note, Consent consent) {
        /** Who made it, as versions name them. */
        public String makers() {
            return proposer + ", approved by " + by.person();
        }
    }

    /**
     * A change that was made.
     *
     * @param events at least one
     */
    record CarriedOut(
            List<AuditEvent> events,
            @Nullable CreatedInvitation invitation,
            @Nullable DeletedWorkspace deleted,
            @Nullable PolicyVersion policy) {
        public CarriedOut {
            events = List.copyOf(events);
        }

        public static CarriedOut of(List<AuditEvent> events) {
            return new CarriedOut(events, null, null, null);
        }

        /** The events, each with what the approval adds to it. */
        List<AuditEvent> eventsWith(Map<String, String> details) {
            return events.stream().map(event -> event.with(details)).toList();
        }
    }
}
