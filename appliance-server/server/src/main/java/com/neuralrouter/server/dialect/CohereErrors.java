package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.ByteArrayOutputStream;

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
}
