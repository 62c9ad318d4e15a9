package com.neuralrouter.server.inference;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.contract.Route.Use;
import com.neuralrouter.contract.RouteId;
import com.neuralrouter.server.policy.Destination;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.route.Choice;
import com.neuralrouter.server.route.Route;
import com.neuralrouter.server.route.Terms;
import com.neuralrouter.server.route.condition.Condition;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Routes to fake upstreams, which are told apart by the provider's name and the model's. */
final class TestRoutes {
    private TestRoutes() {}

    /** One to those upstreams. */
    static Route to(String model, Route.Ways ways, Route.Upstream... upstreams) {
        return new Route(
                new RouteId(UUID.nameUUIDFromBytes(model.getBytes(StandardCharsets.UTF_8))),
                model,
                model,
                0,
                List.of(upstreams),
                ways);
    }

    static Route.Ways ways(Strategy strategy, String... headers) {
        return new Route.Ways(strategy, List.of(headers), 0);
    }

    static Route.Upstream upstream(String name, FakeUpstream at) {
        return upstream(name, at, Choice.PLAIN);
    }

    static Route.Upstream upstream(String name, FakeUpstream at, Choice choice) {
        return new Route.Upstream(endpoint(name, at), "at-" + name, choice, Terms.UNDECLARED);
    }

    /** One whose provider the site declares to be there. */
    static Route.Upstream upstream(
            String name, FakeUpstream at, Choice choice, String jurisdiction) {
        Destination where = Destination.of(name, jurisdiction, null, null, null);
        return new Route.Upstream(
                endpoint(name, at, where, Endpoint.Options.NONE),
                "at-" + name,
                choice,
                Terms.UNDECLARED);
    }

    /** Whose provider has OpenAI's responses. */
    static Route.Upstream ofResponses(String name, FakeUpstream at) {
        var options = new Endpoint.Options(Set.of(Operation.RESPONSES), "");
        return new Route.Upstream(
                endpoint(name, at, Destination.undeclared(name), options), "there");
    }

    static Endpoint endpoint(String name, FakeUpstream at) {
        return endpoint(name, at, Destination.undeclared(name), Endpoint.Options.NONE);
    }

    static Endpoint endpoint(
            String name, FakeUpstream at, Destination where, Endpoint.Options options) {
        return new Endpoint(
                provider(name),
                name,
                ProviderKind.OPENAI,
                at.baseUrl(),
                Authentication.NONE,
                null,
                where,
                Set.of(),
                options);
    }

    static ProviderId provider(String name) {
        return new ProviderId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }

    /** That is sent a copy of every request. */
    static Choice shadow() {
        return new Choice(Use.SHADOW, 1, 100, null, null);
    }

    /** For requests of which the condition holds. */
    static Choice when(String condition, String... headers) {
        return new Choice(Use.ALWAYS, 1, 0, Condition.compile(condition, List.of(headers)), null);
    }
}
