package com.neuralrouter.server.route;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.server.route.condition.Subject;

import java.util.Map;
import java.util.Objects;

/**
 * What a plan is made from: the metadata of one request.
 *
 * @param seed of the plan's chance, see {@link Draw}; the request's id gives it
 * @param operation as in {@code chat_completions}
 * @param who who asks
 * @param traits what kind of request it is
 * @param headers those that the route declares and the request has, by name in lower case
 * @param tariff the prices in force
 */
public record RouteFacts(
        long seed,
        String operation,
        Who who,
        Traits traits,
        Map<String, String> headers,
        Tariff tariff)
        implements Subject {
    /** A chat of nobody, for what depends on no request. */
    public static final RouteFacts NONE =
            new RouteFacts(
                    0,
                    Operation.CHAT_COMPLETIONS.wire(),
                    new Who("", "", ""),
                    Traits.PLAIN,
                    Map.of());

    /** Where no prices are known but those that routes say. */
    public RouteFacts(
            long seed, String operation, Who who, Traits traits, Map<String, String> headers) {
        this(seed, operation, who, traits, headers, Tariff.OF_ROUTES);
    }

    public RouteFacts {
        headers = Map.copyOf(headers);
    }

    /** Who asks, by the key's id and name and the workspace's name. */
    public record Who(String keyId, String keyName, String workspace) {}

    /**
     * What kind of request it is.
     *
     * @param inputTokens the length of the context, estimated
     * @param prefix a hash of how the request begins; 0 if it is not known
     */
    public record Traits(
            boolean stream, boolean tools, boolean images, long inputTokens, long prefix) {
        static final Traits PLAIN = new Traits(false, false, false, 0, 0);
    }

    @Override
    public String keyId() {
        return who.keyId();
    }

    @Override
    public String keyName() {
        return who.keyName();
    }

    @Override
    public String workspace() {
        return who.workspace();
    }

    @Override
    public boolean stream() {
        return traits.stream();
    }

    @Override
    public boolean tools() {
        return traits.tools();
    }

    @Override
    public boolean images() {
        return traits.images();
    }

    @Override
    public long tokens() {
        return traits.inputTokens();
    }

    @Override
    public String header(String name) {
        return Objects.requireNonNullElse(headers.get(name), "");
    }
}
