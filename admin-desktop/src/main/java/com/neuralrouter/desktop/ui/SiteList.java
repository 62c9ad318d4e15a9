package com.neuralrouter.desktop.ui;

import com.neuralrouter.contract.Page;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.Pages;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Ticker;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A list of the site that is read whole and kept in one order, also when one of it changes.
 * Window's thread only.
 */
public abstract class SiteList<T> extends SearchedList<T> {
    private final Loader<List<T>> loader;
    private final Source<T> source;

    /**
     * Where it comes from.
     *
     * @param page reads one page; it is given the cursor
     * @param id by what one is known again after it changed
     * @param order in which they are shown
     */
    public record Source<T>(
            Function<String, Answer<Page<T>>> page, Function<T, ?> id, Comparator<T> order) {

        private Answer<List<T>> read() {
            return Pages.all(page).map(list -> list.stream().sorted(order).toList());
        }

        private List<T> with(T changed, List<T> list) {
            var others = list.stream().filter(each -> !id.apply(each).equals(id.apply(changed)));
            return Stream.concat(others, Stream.of(changed)).sorted(order).toList();
        }
    }

    protected SiteList(Loader<List<T>> loader, Source<T> source) {
        this.loader = loader;
        this.source = source;
    }

    @Override
    public final Loader<List<T>> loader() {
        return loader;
    }

    @Override
    public final void refresh() {
        loader.load(source::read);
    }

    /** Reads it now, and again and again until it is stopped. */
    protected final void follow(Ticker ticker, Duration period) {
        loader.follow(ticker, period, source::read);
    }

    /** Takes in one that was changed or is new, without reading all again. */
    protected final void put(T changed) {
        loader.update(list -> source.with(changed, list));
    }
}
