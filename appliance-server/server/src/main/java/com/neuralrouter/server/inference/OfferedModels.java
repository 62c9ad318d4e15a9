package com.neuralrouter.server.inference;

import com.neuralrouter.contract.CatalogueDocument.ModelDocument;
import com.neuralrouter.server.catalogue.Catalogue;
import com.neuralrouter.server.route.Route;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The models that a caller may use, by name, and what is known of them. What is said of a model
 * holds at every upstream that its route leads to; what is not known at one of them is not said.
 */
record OfferedModels(List<Route> routes, Catalogue catalogue) {

    OfferedModels {
        routes = List.copyOf(routes);
    }

    Optional<Route> find(String model) {
        return routes.stream().filter(route -> route.model().equals(model)).findFirst();
    }

    /** How many tokens request and answer may have together; empty if that is not known. */
    Optional<Integer> contextTokens(Route route) {
        return smallest(route, model -> Optional.ofNullable(model.contextTokens()));
    }

    /** How many tokens an answer may have; empty if that is not known. */
    Optional<Integer> outputTokens(Route route) {
        return smallest(route, model -> Optional.ofNullable(model.outputTokens()));
    }

    /** Who made the model; empty if that is not known, or if the route leads to several's. */
    Optional<String> owner(Route route) {
        List<Optional<String>> owners =
                known(route, model -> Optional.ofNullable(model.owner())).stream()
                        .distinct()
                        .toList();
        return owners.size() == 1 ? owners.getFirst() : Optional.empty();
    }

    private Optional<Integer> smallest(
            Route route, Function<ModelDocument, Optional<Integer>> size) {
        List<Optional<Integer>> sizes = known(route, size);
        return sizes.stream().allMatch(Optional::isPresent)
                ? sizes.stream().flatMap(Optional::stream).min(Integer::compare)
                : Optional.empty();
    }

    /** At each upstream. */
    private <T> List<Optional<T>> known(Route route, Function<ModelDocument, Optional<T>> what) {
        return route.upstreams().stream()
                .map(to -> catalogue.find(to.endpoint().name(), to.model()).flatMap(what))
                .toList();
    }
}
