package com.neuralrouter.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Locale;

/**
 * Every way in which the appliance refuses or fails, on both planes: its HTTP status, whether the
 * same request may succeed later, and a sentence for a person. Documented in {@code
 * docs/reference/problem-codes.md}, which a test keeps in step with this table.
 */
public enum ProblemCode {
    MALFORMED_REQUEST(400, false, "The request is not well formed."),
    INVALID_FIELD(400, false, "A field of the request has a value that cannot be used."),
    SEVERAL_CREDENTIALS(
            400, false, "The request carries more than one credential; send exactly one."),
    CREDENTIAL_MISSING(
            401, false, "No API key was sent. Send it as 'Authorization: Bearer <key>'."),
    CREDENTIAL_REFUSED(401, false, "The API key is not valid."),
    CERTIFICATE_REFUSED(403, false, "The client certificate is not enrolled here, or was revoked."),
    PERMISSION_MISSING(403, false, "Your role does not allow this."),
    WORKSPACE_SUSPENDED(403, false, "The workspace is suspended."),
    POLICY_REFUSED(403, false, "A policy of this site does not allow the request."),
    GUARDRAIL_REFUSED(403, false, "A guardrail of this site does not allow the content."),
    NOT_FOUND(404, false, "There is nothing here under that name."),
    MODEL_NOT_FOUND(
            404,
            false,
            "There is no such model for this API key. GET /v1/models lists those there are."),
    METHOD_NOT_ALLOWED(405, false, "The path exists, but not with this method."),
    NAME_TAKEN(409, false, "There is one with that name already."),
    CHANGED_BY_OTHER(
            409,
            false,
            "Somebody else changed it since you read it. Read it again and decide anew."),
    IN_USE(409, false, "Something else still depends on it."),
    APPROVAL_REQUIRED(
            409, false, "The change needs a second person. Propose it; nothing was changed."),
    APPROVAL_REFUSED(
            403, false, "You can't decide about this: it takes another person than its proposer."),
    APPROVAL_CLOSED(409, false, "It is decided, withdrawn or expired already."),
    INVITATION_REFUSED(
            403,
            false,
            "The enrolment code is unknown, used, expired or was tried too often. Ask for a new"
                    + " one."),
    UPSTREAM_REFUSED(400, false, "The model's provider refuses the request."),
    TOO_LARGE(413, false, "The request is larger than this appliance accepts."),
    UNSUPPORTED_MEDIA_TYPE(415, false, "The body must be application/json."),
    UNSUPPORTED_FEATURE(
            422,
            false,
            "The request asks for something that this appliance or the model's provider cannot"
                    + " do."),
    TOO_MANY_REQUESTS(429, true, "Too many requests at once. Wait and try again."),
    RATE_LIMITED(429, true, "A limit of this site is reached. Wait and try again."),
    BUDGET_EXHAUSTED(429, true, "A budget of this site is used up."),
    INTERNAL(500, true, "The appliance failed. The request id leads its operators to the cause."),
    UPSTREAM_FAILED(502, true, "Every provider for this model failed."),
    NO_ROUTE(503, true, "No provider for this model can be used at the moment."),
    RECORD_UNAVAILABLE(
            503, true, "The appliance cannot record requests at the moment, so it takes none."),
    AUDIT_UNAVAILABLE(
            503, true, "The audit log cannot be written at the moment, so nothing is changed."),
    STORE_UNAVAILABLE(
            503,
            true,
            "The appliance's store cannot be written at the moment; nothing was changed."),
    STORE_LOST(
            503,
            true,
            "The appliance does not hold its store at the moment, so it serves nothing from what it"
                    + " knew."),
    STORE_TAMPERED(
            503,
            false,
            "Something other than the appliance changed its store; nothing was decided by it."),
    STOPPING(503, true, "The appliance is stopping. Try again."),
    UPSTREAM_TIMED_OUT(504, true, "No provider for this model answered in time.");

    private final int status;
    private final boolean retryable;
    private final String title;

    ProblemCode(int status, boolean retryable, String title) {
        this.status = status;
        this.retryable = retryable;
        this.title = title;
    }

    /**
     * Reads the wire form. Throws {@link IllegalArgumentException} for a code that this version
     * does not know.
     */
    @JsonCreator
    public static ProblemCode of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    /** The wire form: {@code lower_snake}. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The HTTP status that goes with it. */
    public int status() {
        return status;
    }

    /** Whether the same request may succeed when it is sent again later. */
    public boolean retryable() {
        return retryable;
    }

    /** One sentence for a person. */
    public String title() {
        return title;
    }
}
