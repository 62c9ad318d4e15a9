package com.neuralrouter.server.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.contract.Route.Use;
import com.neuralrouter.contract.SiteDocument.PriceDocument;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.UpstreamDocument;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.provider.StoredProvider;
import com.neuralrouter.server.route.condition.Condition;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A model name leads a workspace to one route, and a route leads somewhere. */
@Tag("store")
class RouteCommandsTest {
    @TempDir private Path folder;
    private TestSite site;

    @BeforeEach
    void found() {
        site = new TestSite(folder);
        site.workspace("research");
        site.workspace("ward");
        site.provider("p");
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void letsTwoWorkspacesHaveOneModelEach() {
        create("a", "gpt", "research");
        create("b", "gpt", "ward");

        assertThat(site.reads.read(site.routeStore::all))
                .extracting(StoredRoute::name)
                .containsExactly("a", "b");
    }

    @Test
    void refusesASecondRouteOfAModelForTheSameWorkspace() {
        create("a", "gpt", "research");

        assertThatThrownBy(() -> create("b", "gpt", "ward", "research"))
                .isInstanceOf(AdminRefused.class)
                .hasMessageContaining("two routes of the model 'gpt'")
                .hasMessageContaining("'a'");
    }

    @Test
    void keepsWhatARouteSaysBeyondWhereItLeads() {
        var price = new PriceDocument(new BigDecimal("0.15"), new BigDecimal("0.60"));
        var upstream =
                new UpstreamDocument(
                        "p", "m", 3, "header['x-tier'] == 'gold'", Use.ALWAYS, null, price);
        create(
                new RouteDocument(
                        "a",
                        "gpt",
                        List.of("research"),
                        List.of(upstream, new UpstreamDocument("p", "plain")),
                        Strategy.CHEAPEST,
                        List.of("x-tier"),
                        250,
                        30_000));

        StoredRoute stored = site.reads.read(site.routeStore::all).getFirst();
        Route compiled =
                stored.compiled(
                        id -> new StoredProvider(StrategiesTest.endpoint(id), null, Instant.EPOCH));

        assertThat(compiled.ways())
                .isEqualTo(new Route.Ways(Strategy.CHEAPEST, List.of("x-tier"), 250, 30_000));
        assertThat(compiled.upstreams().getFirst().choice())
                .isEqualTo(
                        new Choice(
                                Use.ALWAYS,
                                3,
                                0,
                                Condition.compile("header['x-tier'] == 'gold'", List.of("x-tier")),
                                new Choice.Price(150_000, 600_000)));
        assertThat(compiled.upstreams().getLast().choice()).isEqualTo(Choice.PLAIN);
    }

    @Test
    void saysAllThatIsWrongWithARoutesWays() {
        var wrong = new ArrayList<String>();
        RouteChecks.wrong(
                new RouteDocument(
                        "a",
                        "gpt",
                        List.of("research"),
                        List.of(
                                new UpstreamDocument("p", "m", 0, "tokens <", null, 5, null),
                                new UpstreamDocument("p", "n", null, null, Use.CANARY, null, null),
                                new UpstreamDocument("p", "o", null, null, Use.SHADOW, 101, null)),
                        null,
                        List.of("authorization", "X-Tier"),
                        0,
                        3_600_001),
                (field, message) -> wrong.add(field + " " + message));

        assertThat(wrong)
                .containsExactly(
                        "headers[0] 'authorization' carries a secret; conditions can't look at it",
                        "headers[1] must be the name of a header in lower case, as in x-tier",
                        "hedgeAfterMillis must be from 1 to 600000",
                        "totalMillis must be from 1 to 3600000",
                        "upstreams[0].weight must be from 1 to 1000000",
                        "upstreams[0].percent is for a canary or a shadow only",
                        "upstreams[0].when character 9: something is missing at the end",
                        "upstreams[1].percent is missing: how many of all requests, 1 to 100",
                        "upstreams[2].percent must be from 1 to 100");
    }

    @Test
    void aRouteOfReservesAloneIsRefused() {
        var reserve =
                new UpstreamDocument("p", "m", null, null, Use.AFTER_CONTEXT_WINDOW, null, null);
        var document =
                new RouteDocument(
                        "a", "gpt", List.of("research"), List.of(reserve), null, null, null, null);

        assertThatThrownBy(() -> create(document))
                .isInstanceOf(AdminRefused.class)
                .hasMessageContaining("there for every request");
    }

    @Test
    void countsAGrantToAllAsOneToEach() {
        create("a", "gpt", "*");

        assertThatThrownBy(() -> create("b", "gpt", "ward")).isInstanceOf(AdminRefused.class);
    }

    @Test
    void keepsTheOrderOfItsUpstreamsThroughAnUpdate() {
        site.provider("q");
        StoredRoute route = create("a", "gpt", "*");
        var turned =
                new RouteDocument(
                        "a",
                        "gpt",
                        List.of("*"),
                        List.of(new UpstreamDocument("q", "x"), new UpstreamDocument("p", null)));

        site.apply(tx -> site.routes.updateIn(tx, route.id(), turned));

        assertThat(site.reads.read(tx -> site.routeStore.find(tx, route.id())).orElseThrow())
                .extracting(it -> it.upstreams().stream().map(each -> each.model()).toList())
                .isEqualTo(List.of("x", "gpt"));
    }

    @Test
    void refusesToLeadNowhereOrToAProviderThatIsNotThere() {
        assertThatThrownBy(() -> create(new RouteDocument("a", "gpt", List.of("*"), List.of())))
                .isInstanceOf(AdminRefused.class)
                .hasMessageStartingWith("upstreams");
        assertThatThrownBy(() ->
                        create(
                                new RouteDocument(
                                        "a",
                                        "gpt",
                                        List.of("*"),
                                        List.of(new UpstreamDocument("nobody", null)))))
                .hasMessageContaining("no provider 'nobody'");
        assertThatThrownBy(() -> create("a", "gpt", "nobody"))
                .hasMessageContaining("no workspace 'nobody'");
    }

    private StoredRoute create(String name, String model, String... workspaces) {
        return create(
                new RouteDocument(
                        name,
                        model,
                        List.of(workspaces),
                        List.of(new UpstreamDocument("p", null))));
    }

    private StoredRoute create(RouteDocument document) {
        return site.apply(tx -> {
            var created = site.routes.createIn(tx, document);
            site.routes.demandOneWay(tx);
            return created;
        });
    }
}
