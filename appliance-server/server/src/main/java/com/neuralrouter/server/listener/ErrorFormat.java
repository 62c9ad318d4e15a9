package com.neuralrouter.server.listener;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;

/**
 * How one API writes its errors. Given to a listener so that what HTTP itself refuses, before any
 * of the API's own code runs, also comes in the form that the API's clients read.
 */
public interface ErrorFormat {

    /** The {@code content-type} of {@link #body}. */
    String contentType();

    /**
     * @param detail what was wrong in this case and what to do; nothing that the client sent
     */
    byte[] body(ProblemCode code, String detail, RequestId id);
}
