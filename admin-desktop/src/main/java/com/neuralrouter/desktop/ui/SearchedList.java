package com.neuralrouter.desktop.ui;

import javafx.beans.Observable;
import javafx.beans.property.StringProperty;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A list that is narrowed by what is typed: what view models of list screens begin from. Window's
 * thread only.
 */
public abstract class SearchedList<T> implements Listing.Whole<T> {
    private final Search search = new Search();

    /** What is searched for; empty lets everything through. */
    public final StringProperty search() {
        return search.text();
    }

    /** The words by which an item is found; one may be missing. */
    protected abstract @Nullable String[] words(T item);

    /** Whether what is searched for is in the words of the item. */
    protected final boolean finds(T item) {
        return search.finds(words(item));
    }

    @Override
    public List<Observable> filters() {
        return List.of(search.text());
    }

    @Override
    public List<T> rows(List<T> all) {
        return all.stream().filter(this::finds).toList();
    }
}
