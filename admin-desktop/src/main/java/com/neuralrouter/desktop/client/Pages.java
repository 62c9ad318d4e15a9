package com.neuralrouter.desktop.client;

import com.neuralrouter.contract.Page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads lists that are short enough to be shown whole, page after page. */
public final class Pages {
    /** A bound, so that an appliance that always names a next page can't keep us for ever. */
    private static final int MOST_PAGES = 100;

    private Pages() {}

    /** All items; the first refusal ends it. The function gets the cursor, empty at first. */
    public static <T> Answer<List<T>> all(Function<String, Answer<Page<T>>> page) {
        var items = new ArrayList<T>();
        var cursor = "";
        for (int i = 0; i < MOST_PAGES; i++) {
            switch (page.apply(cursor)) {
                case Answer.Refused<Page<T>>(Trouble trouble) -> {
                    return new Answer.Refused<>(trouble);
                }
                case Answer.Ok<Page<T>>(Page<T> one) -> {
                    items.addAll(one.items());
                    var next = one.nextCursor();
                    if (next == null || next.isEmpty()) {
                        return new Answer.Ok<>(List.copyOf(items));
                    }
                    cursor = next;
                }
            }
        }
        return new Answer.Ok<>(List.copyOf(items));
    }
}
