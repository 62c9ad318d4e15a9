package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.listener.ErrorFormat;

/** How one API writes its errors, before an answer and in the middle of one. */
public interface ApiErrors extends ErrorFormat {

    /** An error as an answer's body. */
    byte[] body(InferenceRefused refused, RequestId id);

    /**
     * An error as the last event of a stream, for an answer that had begun already.
     *
     * @param events how many went before
     */
    byte[] event(ProblemCode code, String detail, RequestId id, long events);
}
