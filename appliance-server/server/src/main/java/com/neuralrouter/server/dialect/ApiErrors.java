package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.listener.ErrorFormat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** How one API writes its errors, before an answer and in the middle of one. */
public interface ApiErrors extends ErrorFormat {

    /**
     * An error as an answer's body. Where its object has no place for a field, that is left out.
     */
    default byte[] body(InferenceRefused refused, RequestId id) {
        return body(refused.code(), refused.detail(), id);
    }

    /**
     * An error as the last event of a stream, for an answer that had begun already.
     *
     * @param events how many went before
     */
    default byte[] event(ProblemCode code, String detail, RequestId id, long events) {
        var event = new ByteArrayOutputStream(256);
        event.writeBytes("data: ".getBytes(StandardCharsets.US_ASCII));
        event.writeBytes(body(code, detail, id));
        event.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
        return event.toByteArray();
    }
}
