package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.listener.ErrorFormat;

/** How one API writes its errors, before an answer and in the middle of one. */
public interface ApiErrors extends ErrorFormat {

    /** The status that goes with a problem: the code's own, unless the API has one of its own. */
    default int status(ProblemCode code) {
        return code.status();
    }

    /**
     * The header that tells the request's id besides {@code x-request-id}; empty if there is none.
     */
    default String requestIdHeader() {
        return "";
    }

    /** An error as an answer's body. */
    byte[] body(InferenceRefused refused, RequestId id);

    /** An error as the last event of a stream, for an answer that had begun already. */
    byte[] event(ProblemCode code, String detail, RequestId id);
}
