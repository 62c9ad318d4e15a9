package com.neuralrouter.contract;

import java.util.List;

/**
 * Which changes need a second person. As long as one kind does, so do {@link
 * ChangeKind#APPROVAL_RULES} and {@link ChangeKind#INVITATION}, whether they are named or not.
 *
 * @param required empty means that nothing does
 * @param validHours how long a proposal waits before it expires, 1 to 720
 */
public record ApprovalRules(List<ChangeKind> required, int validHours) {
    /** How long a proposal waits where nobody has said otherwise. */
    public static final int USUAL_HOURS = 72;

    /** Nothing needs a second person. */
    public static final ApprovalRules NONE = new ApprovalRules(List.of(), USUAL_HOURS);

    public ApprovalRules {
        required = required == null ? List.of() : required.stream().distinct().sorted().toList();
    }

    /** Whether a change of that kind needs a second person. */
    public boolean demand(ChangeKind kind) {
        return switch (kind) {
            case APPROVAL_RULES, INVITATION -> !required.isEmpty();
            case POLICY, PROVIDER, WORKSPACE_DELETION -> required.contains(kind);
        };
    }
}
