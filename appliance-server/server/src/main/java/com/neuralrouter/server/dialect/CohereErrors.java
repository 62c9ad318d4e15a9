package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Cohere's errors, {@code {"id","message"}}: its SDKs choose the exception by the status alone
 * (Cohere API reference, "Errors", version 2).
 */
final class CohereErrors implements ApiErrors {
    private final JsonFactory json = new JsonFactory();

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public byte[] body(ProblemCode code, String detail, RequestId id) {
        var bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), bytes)) {
            out.writeStartObject();
            out.writeStringProperty("id", id.toString());
            out.writeStringProperty("message", detail);
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** The field stands in the message: the object has no place for it. */
    @Override
    public byte[] body(InferenceRefused refused, RequestId id) {
        return body(refused.code(), refused.detail(), id);
    }

    @Override
    public byte[] event(ProblemCode code, String detail, RequestId id, long events) {
        var event = new ByteArrayOutputStream(256);
        event.writeBytes("data: ".getBytes(StandardCharsets.US_ASCII));
        event.writeBytes(body(code, detail, id));
        event.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
        return event.toByteArray();
    }
}
