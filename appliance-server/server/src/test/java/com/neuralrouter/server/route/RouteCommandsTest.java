package com.neuralrouter.server.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.UpstreamDocument;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.TestSite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
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
