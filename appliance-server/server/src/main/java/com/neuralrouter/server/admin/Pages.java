package com.neuralrouter.server.admin;

import com.neuralrouter.contract.Page;

import java.util.List;
import java.util.function.Function;

/** Cuts a list that was read with one item more than asked for into a page and its cursor. */
public final class Pages {
    private Pages() {}

    /**
     * @param found at most {@code limit + 1} items; the one too many says that there is a next page
     * @param wire what an item is in the answer
     * @param cursor by what the next page finds its place behind an item
     */
    public static <T, W> Page<W> of(
            List<T> found, int limit, Function<T, W> wire, Function<T, String> cursor) {
        boolean more = found.size() > limit;
        List<T> page = more ? found.subList(0, limit) : found;
        return new Page<>(
                page.stream().map(wire).toList(), more ? cursor.apply(page.getLast()) : null);
    }
}
