package com.neuralrouter.desktop.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.Route;
import com.neuralrouter.contract.Route.Health;
import com.neuralrouter.contract.Route.HealthState;
import com.neuralrouter.contract.RouteId;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.routes.RoutesViewModel.Serving;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.ManualTicker;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.task.Load;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Stream;

class RoutesViewModelTest {
    private final FakeAdminClient site = Samples.site();
    private final ManualTicker ticker = new ManualTicker();
    private final RoutesViewModel model =
            new RoutesViewModel(site, Direct.tasks(), ticker, Samples.CLOCK);

    @Test
    void listsRoutesByTheModelThatAppsAskFor() {
        model.start();

        assertThat(known())
                .extracting(Route::model)
                .containsExactly("bank-code", "bank-general", "bank-long");
    }

    @Test
    void followsTheHealthWhileShownAndNoLonger() {
        model.start();
        site.routes.removeFirst();

        ticker.tick();
        assertThat(known()).hasSize(2);

        model.stop();
        assertThat(ticker.active()).isZero();
    }

    @Test
    void keepsTheLastKnownHealthReadableWhenTheApplianceIsGone() {
        model.start();
        site.failWith(new Trouble.Unreachable("hq:9443", "connection refused"));

        ticker.tick();

        assertThat(model.loader().state().get()).isInstanceOf(Load.Stale.class);
        assertThat(known()).hasSize(3);
    }

    @Test
    void saysOfARouteHowItIsDoingAsAWhole() {
        assertThat(RoutesViewModel.serving(route(HealthState.HEALTHY, HealthState.UNKNOWN)))
                .isEqualTo(Serving.WELL);
        assertThat(RoutesViewModel.serving(route(HealthState.HEALTHY, HealthState.FAILING)))
                .isEqualTo(Serving.DEGRADED);
        assertThat(RoutesViewModel.serving(route(HealthState.FAILING, HealthState.FAILING)))
                .isEqualTo(Serving.NOT);
        assertThat(RoutesViewModel.serving(route(HealthState.UNKNOWN, HealthState.UNKNOWN)))
                .isEqualTo(Serving.UNUSED);
    }

    @Test
    void searchesModelsProvidersAndWorkspaces() {
        model.start();

        model.search().set("EU-hosted");
        assertThat(matching()).containsExactly("bank-long");

        model.search().set("code-review");
        assertThat(matching()).containsExactly("bank-code");
    }

    private static Route route(HealthState... states) {
        var upstreams =
                Stream.of(states)
                        .map(state -> new Health(state, 1, 0, null, null, null))
                        .map(health ->
                                new Route.Upstream(
                                        Samples.id(ProviderId::of, 21),
                                        "a",
                                        "model",
                                        Route.Use.ALWAYS,
                                        1,
                                        0,
                                        null,
                                        health))
                        .toList();
        return new Route(
                Samples.id(RouteId::of, 51),
                "general",
                "bank-general",
                Route.Strategy.PRIORITY,
                List.of("*"),
                upstreams,
                Samples.NOW);
    }

    private List<String> matching() {
        return model.rows(known()).stream().map(Route::model).toList();
    }

    private List<Route> known() {
        return model.loader().known().orElseThrow();
    }
}
