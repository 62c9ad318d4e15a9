package com.neuralrouter.server.admin;

import com.neuralrouter.contract.FieldError;
import com.neuralrouter.contract.Problem;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.store.StoreFailure;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes the answer of what was thrown, and logs what nobody expected; the admin plane's one place.
 */
final class Problems {
    private static final Logger LOG = System.getLogger(Problems.class.getName());
    private static final int FRAMES = 12;

    private Problems() {}

    static AdminAnswer refused(RequestId id, AdminRefused refused) {
        return answer(
                id,
                refused.code(),
                refused.detail(),
                refused.fieldErrors(),
                refused.currentVersion().isPresent() ? refused.currentVersion().getAsLong() : null);
    }

    /**
     * What a failure's text says may be a row's value or a secret: it is neither sent nor logged.
     */
    static AdminAnswer failed(RequestId id, Throwable failure) {
        if (failure instanceof StoreFailure store) {
            return storeFailed(id, store);
        }
        LOG.log(
                Level.ERROR,
                "an admin request failed requestId={0} failure={1}",
                id,
                trace(failure));
        return answer(id, ProblemCode.INTERNAL);
    }

    private static AdminAnswer storeFailed(RequestId id, StoreFailure failure) {
        if (failure.foreignKeyViolated()) {
            return answer(id, ProblemCode.IN_USE);
        }
        if (failure.duplicate()) {
            return answer(id, ProblemCode.NAME_TAKEN);
        }
        LOG.log(
                Level.ERROR,
                "the store failed requestId={0} sqlState={1} code={2} outcomeUnknown={3} at={4}",
                id,
                failure.sqlState(),
                String.valueOf(failure.vendorCode()),
                failure.outcomeUnknown(),
                trace(failure));
        return failure.outcomeUnknown()
                ? answer(
                        id,
                        ProblemCode.INTERNAL,
                        "Whether the change was made is not known: read it again.",
                        List.of(),
                        null)
                : answer(id, ProblemCode.STORE_UNAVAILABLE);
    }

    private static AdminAnswer answer(RequestId id, ProblemCode code) {
        return answer(id, code, code.title(), List.of(), null);
    }

    private static AdminAnswer answer(
            RequestId id,
            ProblemCode code,
            String detail,
            List<FieldError> fields,
            @Nullable Long currentVersion) {
        return new AdminAnswer(
                code.status(),
                new Problem(
                        "docs/reference/problem-codes.md#" + code.wire(),
                        code.title(),
                        code.status(),
                        detail,
                        code,
                        id.toString(),
                        fields,
                        currentVersion),
                -1);
    }

    /** The classes of the failure and its causes with where they came from, without their words. */
    private static String trace(Throwable failure) {
        String here =
                failure.getClass().getName()
                        + Arrays.stream(failure.getStackTrace())
                                .limit(FRAMES)
                                .map(frame -> " < " + frame)
                                .collect(Collectors.joining());
        return failure.getCause() == null ? here : here + " caused by " + trace(failure.getCause());
    }
}
