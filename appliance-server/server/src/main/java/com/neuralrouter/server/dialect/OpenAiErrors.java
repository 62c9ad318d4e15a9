package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.ByteArrayOutputStream;

/**
 * OpenAI's error object, {@code {"error":{"message","type","param","code"}}}, by which its SDKs
 * choose the exception they raise (OpenAI API reference, "Error codes"). Every message ends with
 * the request's id, because an app's log often keeps nothing else.
 */
public final class OpenAiErrors implements ApiErrors {
    private final JsonFactory json = new JsonFactory();

    /** What OpenAI calls a kind of problem. */
    private record Name(String type, String problem) {}

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public byte[] body(ProblemCode code, String detail, RequestId id) {
        return body(code, detail, null, id);
    }

    @Override
    public byte[] body(InferenceRefused refused, RequestId id) {
        return body(refused.code(), refused.detail(), refused.field(), id);
    }

    private byte[] body(ProblemCode code, String detail, @Nullable String param, RequestId id) {
        Name name = name(code);
        var bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), bytes)) {
            out.writeStartObject();
            out.writeObjectPropertyStart("error");
            out.writeStringProperty("message", detail + " (request id " + id + ")");
            out.writeStringProperty("type", name.type());
            if (param == null) {
                out.writeNullProperty("param");
            } else {
                out.writeStringProperty("param", param);
            }
            out.writeStringProperty("code", name.problem());
            out.writeEndObject();
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static Name name(ProblemCode code) {
        return switch (code) {
            case CREDENTIAL_MISSING, CREDENTIAL_REFUSED ->
                    new Name("invalid_request_error", "invalid_api_key");
            case MODEL_NOT_FOUND -> new Name("invalid_request_error", "model_not_found");
            case MALFORMED_REQUEST,
                    INVALID_FIELD,
                    SEVERAL_CREDENTIALS,
                    NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    NAME_TAKEN,
                    CHANGED_BY_OTHER,
                    IN_USE,
                    APPROVAL_REQUIRED,
                    APPROVAL_CLOSED,
                    TOO_LARGE,
                    UPSTREAM_REFUSED,
                    UNSUPPORTED_MEDIA_TYPE,
                    UNSUPPORTED_FEATURE ->
                    new Name("invalid_request_error", code.wire());
            case CERTIFICATE_REFUSED,
                    PERMISSION_MISSING,
                    WORKSPACE_SUSPENDED,
                    POLICY_REFUSED,
                    APPROVAL_REFUSED,
                    GUARDRAIL_REFUSED,
                    INVITATION_REFUSED ->
                    new Name("request_forbidden", code.wire());
            case TOO_MANY_REQUESTS, RATE_LIMITED -> new Name("requests", "rate_limit_exceeded");
            case BUDGET_EXHAUSTED -> new Name("insufficient_quota", "insufficient_quota");
            case INTERNAL,
                    UPSTREAM_FAILED,
                    NO_ROUTE,
                    RECORD_UNAVAILABLE,
                    AUDIT_UNAVAILABLE,
                    STORE_UNAVAILABLE,
                    STORE_LOST,
                    STORE_TAMPERED,
                    STOPPING,
                    UPSTREAM_TIMED_OUT ->
                    new Name("server_error", code.wire());
        };
    }
}
