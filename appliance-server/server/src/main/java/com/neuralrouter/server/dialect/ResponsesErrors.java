package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The errors of OpenAI's Responses: before an answer OpenAI's usual object, in the middle of a
 * stream an event {@code error} whose members stand in it without an object around them, with its
 * number as every event there has one.
 */
final class ResponsesErrors implements ApiErrors {
    private final OpenAiErrors usual = new OpenAiErrors();
    private final JsonFactory json = new JsonFactory();

    @Override
    public String contentType() {
        return usual.contentType();
    }

    @Override
    public byte[] body(ProblemCode code, String detail, RequestId id) {
        return usual.body(code, detail, id);
    }

    @Override
    public byte[] body(InferenceRefused refused, RequestId id) {
        return usual.body(refused, id);
    }

    @Override
    public byte[] event(ProblemCode code, String detail, RequestId id, long events) {
        var event = new ByteArrayOutputStream(256);
        event.writeBytes("event: error\ndata: ".getBytes(StandardCharsets.US_ASCII));
        try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), event)) {
            out.writeStartObject();
            out.writeStringProperty("type", "error");
            out.writeStringProperty("code", code.wire());
            out.writeStringProperty("message", detail + " (request id " + id + ")");
            out.writeNullProperty("param");
            out.writeNumberProperty("sequence_number", events);
            out.writeEndObject();
        }
        event.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
        return event.toByteArray();
    }
}
