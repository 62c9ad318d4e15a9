package com.neuralrouter.desktop.i18n;

import com.neuralrouter.contract.Problem;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.desktop.client.Trouble;

/**
 * A {@link Trouble} in words: what happened, what to do, and what to quote to whoever helps.
 *
 * @param sentence what happened
 * @param advice what the reader can do about it
 * @param code the problem code, or the name of what happened on our side
 * @param requestId the appliance's name for the call; empty if it never got there
 * @param technical the cause in the words of the machine; empty if there is none
 */
public record TroubleText(
        String sentence, String advice, String code, String requestId, String technical) {

    /** In that language; what the appliance itself says about a case stays in its words. */
    public static TroubleText of(Trouble trouble, Messages messages) {
        return switch (trouble) {
            case Trouble.ByAppliance(Problem problem) -> ofProblem(problem, messages);
            case Trouble.Unreachable(String address, String reason) ->
                    own("unreachable", messages, reason, address);
            case Trouble.TimedOut(String address, long seconds) ->
                    own("timed_out", messages, "", address, seconds);
            case Trouble.CertificateRefused(String address, String reason) ->
                    own("certificate_refused", messages, reason, address);
            case Trouble.ServerNotTrusted(String address, String reason) ->
                    own("server_not_trusted", messages, reason, address);
            case Trouble.ServerNameMismatch(String address, String reason) ->
                    own("server_name_mismatch", messages, reason, address);
            case Trouble.NotUnderstood(String address, String reason) ->
                    own("not_understood", messages, reason, address);
            case Trouble.Cancelled() -> own("cancelled", messages, "");
            case Trouble.ChangesStopped() -> own("changes_stopped", messages, "");
            case Trouble.Defect(String reason) -> own("defect", messages, reason);
        };
    }

    /** What "Copy details" puts into the clipboard: one fact per line, nothing secret. */
    public String details() {
        var text = new StringBuilder(sentence);
        text.append("\ncode: ").append(code);
        if (!requestId.isEmpty()) {
            text.append("\nrequest id: ").append(requestId);
        }
        if (!technical.isEmpty()) {
            text.append("\ncause: ").append(technical);
        }
        return text.toString();
    }

    private static TroubleText own(
            String name, Messages messages, String technical, Object... values) {
        return new TroubleText(
                messages.text("trouble." + name, values),
                messages.text("trouble." + name + ".advice", values),
                name,
                "",
                technical);
    }

    private static TroubleText ofProblem(Problem problem, Messages messages) {
        var code = problem.code().wire();
        return new TroubleText(
                sentence(problem, messages),
                messages.text("trouble.advice." + advice(problem.code())),
                code,
                problem.requestId(),
                problem.detail());
    }

    private static String sentence(Problem problem, Messages messages) {
        var known = "trouble.code." + problem.code().wire();
        return messages.has(known) ? messages.text(known) : problem.detail();
    }

    private static String advice(ProblemCode code) {
        return switch (code) {
            case MALFORMED_REQUEST,
                    METHOD_NOT_ALLOWED,
                    UNSUPPORTED_MEDIA_TYPE,
                    UPSTREAM_REFUSED,
                    UNSUPPORTED_FEATURE ->
                    "version";
            case INVALID_FIELD, TOO_LARGE, NAME_TAKEN -> "correct";
            case CERTIFICATE_REFUSED, CREDENTIAL_MISSING, CREDENTIAL_REFUSED, SEVERAL_CREDENTIALS ->
                    "enrol";
            case PERMISSION_MISSING, POLICY_REFUSED, GUARDRAIL_REFUSED, WORKSPACE_SUSPENDED ->
                    "permission";
            case APPROVAL_REQUIRED, APPROVAL_REFUSED -> "second_person";
            case NOT_FOUND, MODEL_NOT_FOUND, CHANGED_BY_OTHER, APPROVAL_CLOSED -> "reload";
            case IN_USE -> "in_use";
            case INVITATION_REFUSED -> "invitation";
            case TOO_MANY_REQUESTS, RATE_LIMITED, BUDGET_EXHAUSTED, STOPPING -> "wait";
            case INTERNAL,
                    UPSTREAM_FAILED,
                    NO_ROUTE,
                    RECORD_UNAVAILABLE,
                    AUDIT_UNAVAILABLE,
                    STORE_UNAVAILABLE,
                    STORE_LOST,
                    STORE_TAMPERED,
                    UPSTREAM_TIMED_OUT ->
                    "operator";
        };
    }
}
