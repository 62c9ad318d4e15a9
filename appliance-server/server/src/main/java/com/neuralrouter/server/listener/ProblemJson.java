package com.neuralrouter.server.listener;

import com.neuralrouter.contract.Problem;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;

import tools.jackson.databind.json.JsonMapper;

import java.util.List;

/** RFC 9457 {@code application/problem+json}: the errors of the admin and enrolment APIs. */
public final class ProblemJson implements ErrorFormat {
    private final JsonMapper mapper = JsonMapper.builder().build();

    @Override
    public String contentType() {
        return "application/problem+json";
    }

    @Override
    public byte[] body(ProblemCode code, String detail, RequestId id) {
        return mapper.writeValueAsBytes(
                new Problem(
                        "reference/problem-codes#" + code.wire(),
                        code.title(),
                        code.status(),
                        detail,
                        code,
                        id.toString(),
                        List.of(),
                        null));
    }
}
