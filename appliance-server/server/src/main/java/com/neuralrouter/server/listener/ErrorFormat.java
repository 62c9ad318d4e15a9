package com.neuralrouter.server.listener;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;

/** How one API writes its errors. */
public interface ErrorFormat {

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

    /** The {@code content-type} of {@link #body}. */
    String contentType();

    /**
     * @param detail what was wrong in this case and what to do; nothing that the client sent
     */
    byte[] body(ProblemCode code, String detail, RequestId id);
}
