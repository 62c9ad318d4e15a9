package com.neuralrouter.desktop.routes;

import com.neuralrouter.contract.Route;
import com.neuralrouter.contract.Route.HealthState;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.Pages;
import com.neuralrouter.desktop.task.Cancellable;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.task.Ticker;
import com.neuralrouter.desktop.ui.Listing;
import com.neuralrouter.desktop.ui.Search;

import javafx.beans.Observable;
import javafx.beans.property.StringProperty;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the screen of routes knows: it reads them every few seconds while it is shown. Window's
 * thread only.
 */
public final class RoutesViewModel implements Listing.Whole<Route> {
    /** What teaches how routes come about: to be copied from the empty screen. */
    static final String APPLY = "neural-router apply -f site.yaml";

    private static final Duration PERIOD = Duration.ofSeconds(3);

    private final AdminClient client;
    private final Ticker ticker;
    private final Loader<List<Route>> routes;
    private final Search search = new Search();
    private Cancellable ticking = Cancellable.NOTHING;

    public RoutesViewModel(AdminClient client, Tasks tasks, Ticker ticker, Clock clock) {
        this.client = client;
        this.ticker = ticker;
        routes = new Loader<>(tasks, clock, "routes");
    }

    /** All of them by the model that apps ask for. */
    @Override
    public Loader<List<Route>> loader() {
        return routes;
    }

    /** Begins to read, now and again and again. */
    @Override
    public void start() {
        refresh();
        ticking.cancel();
        ticking = ticker.every(PERIOD, () -> routes.poll(this::read));
    }

    @Override
    public void stop() {
        ticking.cancel();
        routes.cancel();
    }

    @Override
    public void refresh() {
        routes.load(this::read);
    }

    /** By any name that belongs to a route. */
    public StringProperty search() {
        return search.text();
    }

    @Override
    public List<Observable> filters() {
        return List.of(search.text());
    }

    @Override
    public List<Route> rows(List<Route> all) {
        return all.stream().filter(route -> search.finds(words(route))).toList();
    }

    /** How a route is doing as a whole. */
    static Serving serving(Route route) {
        long failing =
                route.upstreams().stream()
                        .filter(each -> each.health().state() == HealthState.FAILING)
                        .count();
        if (failing == route.upstreams().size()) {
            return Serving.NOT;
        }
        if (failing > 0) {
            return Serving.DEGRADED;
        }
        return route.upstreams().stream()
                        .anyMatch(each -> each.health().state() == HealthState.HEALTHY)
                ? Serving.WELL
                : Serving.UNUSED;
    }

    private Answer<List<Route>> read() {
        return Pages.all(client::routes)
                .map(list -> list.stream().sorted(Comparator.comparing(Route::model)).toList());
    }

    private static String[] words(Route route) {
        return Stream.of(
                        Stream.of(route.model(), route.name()),
                        route.upstreams().stream()
                                .flatMap(each -> Stream.of(each.providerName(), each.model())),
                        route.workspaces().stream())
                .flatMap(words -> words)
                .toArray(String[]::new);
    }

    /** A route's health in one word. */
    enum Serving {
        /** An upstream answers, and none fails. */
        WELL,
        /** Some fail; requests go to the others. */
        DEGRADED,
        /** All fail. */
        NOT,
        /** No request went there yet. */
        UNUSED
    }
}
