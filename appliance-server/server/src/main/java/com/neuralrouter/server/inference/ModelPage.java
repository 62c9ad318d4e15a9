package com.neuralrouter.server.inference;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.dialect.InferenceRefused;
import com.neuralrouter.server.route.Route;

import io.helidon.common.uri.UriQuery;

import java.util.List;

/**
 * A part of the models, as Anthropic's API is asked for it (API reference, "List Models"): {@code
 * limit}, and {@code after_id} or {@code before_id}. Who asks for no part gets all of them.
 */
record ModelPage(List<Route> routes, boolean hasMore) {
    private static final int MOST = 1_000;

    ModelPage {
        routes = List.copyOf(routes);
    }

    /** Throws {@link InferenceRefused} for what can't be a part of them. */
    static ModelPage of(List<Route> all, UriQuery asked) {
        int limit = limit(asked, all.size());
        if (asked.contains("before_id")) {
            require(!asked.contains("after_id"), "Use before_id or after_id, not both.");
            int end = place(all, asked.get("before_id"));
            int begin = Math.max(0, end - limit);
            return new ModelPage(all.subList(begin, end), begin > 0);
        }
        int begin = asked.contains("after_id") ? place(all, asked.get("after_id")) + 1 : 0;
        int end = (int) Math.min(all.size(), (long) begin + limit);
        return new ModelPage(all.subList(begin, end), end < all.size());
    }

    private static int limit(UriQuery asked, int all) {
        if (!asked.contains("limit")) {
            return Math.max(1, all);
        }
        String text = asked.get("limit");
        boolean number = text.length() <= 4 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int limit = number && !text.isEmpty() ? Integer.parseInt(text) : 0;
        require(limit >= 1 && limit <= MOST, "limit must be from 1 to " + MOST + ".");
        return limit;
    }

    private static int place(List<Route> all, String model) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).model().equals(model)) {
                return i;
            }
        }
        throw InferenceRefused.because(
                ProblemCode.MALFORMED_REQUEST,
                "before_id and after_id must be the id of a model of the list.");
    }

    private static void require(boolean good, String otherwise) {
        if (!good) {
            throw InferenceRefused.because(ProblemCode.MALFORMED_REQUEST, otherwise);
        }
    }
}
