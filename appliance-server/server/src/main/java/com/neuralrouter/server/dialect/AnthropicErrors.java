package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Anthropic's error object, {@code {"type":"error","error":{"type","message"},"request_id"}}, by
 * whose type and status its SDKs choose the exception they raise (Anthropic API reference,
 * "Errors").
 */
final class AnthropicErrors implements ApiErrors {
    /** Anthropic's own status for a provider that can't take more. */
    private static final int OVERLOADED = 529;

    private final JsonFactory json = new JsonFactory();

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public String requestIdHeader() {
        return "request-id";
    }

    @Override
    public int status(ProblemCode code) {
        return type(code).equals("overloaded_error") ? OVERLOADED : code.status();
    }

    @Override
    public byte[] body(ProblemCode code, String detail, RequestId id) {
        var bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), bytes)) {
            out.writeStartObject();
            out.writeStringProperty("type", "error");
            out.writeObjectPropertyStart("error");
            out.writeStringProperty("type", type(code));
            out.writeStringProperty("message", detail);
            out.writeEndObject();
            out.writeStringProperty("request_id", id.toString());
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    @Override
    public byte[] event(ProblemCode code, String detail, RequestId id, long events) {
        var event = new ByteArrayOutputStream(256);
        event.writeBytes("event: error\ndata: ".getBytes(StandardCharsets.US_ASCII));
        event.writeBytes(body(code, detail, id));
        event.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
        return event.toByteArray();
    }

    private static String type(ProblemCode code) {
        return switch (code) {
            case CREDENTIAL_MISSING, CREDENTIAL_REFUSED -> "authentication_error";
            case MODEL_NOT_FOUND, NOT_FOUND -> "not_found_error";
            case TOO_LARGE -> "request_too_large";
            case CERTIFICATE_REFUSED,
                    PERMISSION_MISSING,
                    WORKSPACE_SUSPENDED,
                    POLICY_REFUSED,
                    GUARDRAIL_REFUSED,
                    INVITATION_REFUSED ->
                    "permission_error";
            case TOO_MANY_REQUESTS, RATE_LIMITED, BUDGET_EXHAUSTED -> "rate_limit_error";
            case UPSTREAM_TIMED_OUT -> "timeout_error";
            case NO_ROUTE, STOPPING -> "overloaded_error";
            case INTERNAL,
                    UPSTREAM_FAILED,
                    RECORD_UNAVAILABLE,
                    AUDIT_UNAVAILABLE,
                    STORE_UNAVAILABLE,
                    STORE_LOST,
                    STORE_TAMPERED ->
                    "api_error";
            default -> "invalid_request_error";
        };
    }
}
