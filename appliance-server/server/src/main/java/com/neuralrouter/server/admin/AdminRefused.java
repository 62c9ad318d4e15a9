package com.neuralrouter.server.admin;

import com.neuralrouter.contract.FieldError;
import com.neuralrouter.contract.ProblemCode;

import java.util.List;
import java.util.OptionalLong;

/**
 * An administrative request is refused, for a reason that its sender may know. {@link AdminHttp}
 * makes the answer of it.
 */
public final class AdminRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final transient List<FieldError> fieldErrors;
    private final long currentVersion;

    private AdminRefused(
            ProblemCode code, String detail, List<FieldError> fieldErrors, long currentVersion) {
        super(detail, null, false, false);
        this.code = code;
        this.fieldErrors = List.copyOf(fieldErrors);
        this.currentVersion = currentVersion;
    }

    /**
     * @param detail what was wrong in this case and what to do; never a secret
     */
    public AdminRefused(ProblemCode code, String detail) {
        this(code, detail, List.of(), -1);
    }

    public AdminRefused(ProblemCode code, String detail, List<FieldError> fieldErrors) {
        this(code, detail, fieldErrors, -1);
    }

    /** One field has a value that can't be used. */
    public static AdminRefused field(String field, String message) {
        return new AdminRefused(
                ProblemCode.INVALID_FIELD,
                field + ": " + message,
                List.of(new FieldError(field, message)));
    }

    /** There is none with that id or name. */
    public static AdminRefused notFound(String kind, Object id) {
        return new AdminRefused(ProblemCode.NOT_FOUND, "There is no " + kind + " '" + id + "'.");
    }

    /** There is one with that name already. */
    public static AdminRefused nameTaken(String kind, String name) {
        return new AdminRefused(
                ProblemCode.NAME_TAKEN,
                "There is a " + kind + " '" + name + "' already; choose another name.");
    }

    /** It was changed since the caller read it. */
    public static AdminRefused changedByOther(String kind, long currentVersion) {
        return new AdminRefused(
                ProblemCode.CHANGED_BY_OTHER,
                "The " + kind + " has version " + currentVersion + " by now.",
                List.of(),
                currentVersion);
    }

    public ProblemCode code() {
        return code;
    }

    /** What was wrong in this case and what to do. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<FieldError> fieldErrors() {
        return fieldErrors;
    }

    /** The version that stands, if somebody else changed it. */
    public OptionalLong currentVersion() {
        return currentVersion < 0 ? OptionalLong.empty() : OptionalLong.of(currentVersion);
    }
}
