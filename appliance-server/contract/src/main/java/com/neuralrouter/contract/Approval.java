package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * A change that waits for a second person, or did.
 *
 * @param subject what it is about, in English, as in {@code the policy of the workspace research}
 * @param change what is carried out when it is approved
 * @param hash SHA-256, hex, over the change and what it was made from: by it a decision says what
 *     it decided about
 * @param differences what would be different, as a person reads it, in English
 * @param baseChanged whether what it was made from is another by now, so that it can't be approved;
 *     always false for one that is decided
 * @param decidedBy absent while it waits, and where it expired
 * @param decisionNote what was said at the decision; absent while it waits
 * @param owner whose policy it is about, by name; absent for another kind of change, for the site's
 *     policy and for what there is no more
 * @param fields the differences field by field; empty where they are no fields', and from an
 *     appliance that does not tell them so
 */
public record Approval(
        ApprovalId id,
        ChangeKind kind,
        String subject,
        ProposedChange change,
        String hash,
        List<String> differences,
        String note,
        State state,
        boolean baseChanged,
        Party proposedBy,
        Instant proposedAt,
        Instant expiresAt,
        @Nullable Party decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String decisionNote,
        @Nullable Owner owner,
        List<ChangedField> fields) {

    public Approval {
        differences = List.copyOf(differences);
        fields = fields == null ? List.of() : List.copyOf(fields);
    }

    /** What became of it. */
    public enum State {
        PENDING,
        APPROVED,
        REJECTED,
        /** Taken back by who proposed it. */
        WITHDRAWN,
        EXPIRED
    }

    /**
     * Who proposed or decided.
     *
     * @param person who it is; several devices may be one person's
     * @param device the device's name, or the account on the box
     */
    public record Party(String person, String device) {}

    /**
     * Whose policy it is, as it is called now: with it whoever shows the change can say in any
     * language what it is about.
     *
     * @param workspace the workspace, or that of the API key
     * @param apiKey absent where it is the workspace's policy
     */
    public record Owner(String workspace, @Nullable String apiKey) {}
}
