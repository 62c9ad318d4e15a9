package com.neuralrouter.desktop.routes;

import com.neuralrouter.contract.Route;
import com.neuralrouter.contract.Route.HealthState;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.task.Ticker;
import com.neuralrouter.desktop.ui.SiteList;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * What the screen of routes knows: it reads them every few seconds while it is shown. Window's
 * thread only.
 */
public final class RoutesViewModel extends SiteList<Route> {
    /** What teaches how routes come about: to be copied from the empty screen. */
    static final String APPLY = "neural-router apply -f site.yaml";

    private static final Duration PERIOD = Duration.ofSeconds(3);

    private final Ticker ticker;

    /** By the model that apps ask for. */
    public RoutesViewModel(AdminClient client, Tasks tasks, Ticker ticker, Clock clock) {
        super(
                new Loader<>(tasks, clock, "routes"),
                new Source<>(client::routes, Route::id, Comparator.comparing(Route::model)));
        this.ticker = ticker;
    }

    @Override
    public void start() {
        follow(ticker, PERIOD);
    }

    /** Every name that belongs to it. */
    @Override
    protected String[] words(Route route) {
        return Stream.of(
                        Stream.of(route.model(), route.name()),
                        route.upstreams().stream()
                                .flatMap(each -> Stream.of(each.providerName(), each.model())),
                        route.workspaces().stream())
                .flatMap(words -> words)
                .toArray(String[]::new);
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
