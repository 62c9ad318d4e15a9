package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The admin API's answer to what it refuses or fails: RFC 9457 {@code application/problem+json}
 * with our members beside it.
 *
 * @param type the address of the code's description, relative to the documentation
 * @param title the code's sentence
 * @param status the HTTP status, again
 * @param detail what was wrong in this case and what to do
 * @param code which problem it is
 * @param requestId the request that met it
 * @param fieldErrors the fields that can't be used, if it is about fields
 * @param currentVersion the version that stands, if somebody else changed it
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        ProblemCode code,
        String requestId,
        List<FieldError> fieldErrors,
        @Nullable Long currentVersion) {

    public Problem {
        fieldErrors = fieldErrors == null ? List.of() : List.copyOf(fieldErrors);
    }
}
