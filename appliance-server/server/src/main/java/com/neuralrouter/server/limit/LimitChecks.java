package com.neuralrouter.server.limit;

import com.neuralrouter.contract.FieldError;
import com.neuralrouter.contract.LimitsDocument;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with limits before they are set. */
public final class LimitChecks {
    /** More is no limit, and would not be exact ({@link Meter}). */
    private static final int MOST = 50_000_000;

    /** More than a hall of machines makes; exact to two in a hundred million. */
    private static final int MOST_TOKENS = 1_000_000_000;

    private LimitChecks() {}

    /**
     * @param path as in {@code workspaces[0].limits}
     */
    public static List<FieldError> errors(String path, LimitsDocument limits) {
        var errors = new ArrayList<FieldError>();
        check(errors, path + ".requestsPerMinute", limits.requestsPerMinute(), MOST);
        check(errors, path + ".tokensPerMinute", limits.tokensPerMinute(), MOST_TOKENS);
        check(errors, path + ".concurrentRequests", limits.concurrentRequests(), MOST);
        return List.copyOf(errors);
    }

    private static void check(
            List<FieldError> errors, String field, @Nullable Integer value, int most) {
        if (value != null && (value < 1 || value > most)) {
            errors.add(
                    new FieldError(
                            field,
                            "must be from 1 to "
                                    + most
                                    + "; to let nobody in, suspend the workspace or revoke the"
                                    + " key"));
        }
    }
}
