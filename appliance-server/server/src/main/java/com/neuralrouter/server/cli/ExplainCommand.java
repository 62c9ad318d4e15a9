package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ExplainRoute;
import com.neuralrouter.contract.Explanation;
import com.neuralrouter.contract.Explanation.Attempted;
import com.neuralrouter.contract.Explanation.Candidate;
import com.neuralrouter.contract.RequestId;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code neural-router explain}: why a request went where it went, or where one would go. */
@Command(
        name = "explain",
        header = "Tell why a request went where it went, or where one would go.",
        description = {
            "",
            "Of one of the last requests, by the id that its answer carried in x-request-id: every"
                    + " upstream of its route with its place and why, and what was tried. Of a"
                    + " request that nobody has made: where it would go now. Nothing of a"
                    + " request's content is known or shown.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  neural-router explain --site /var/lib/neural-router \\",
            "      --request 0199a4be-7c11-7d52-8a3b-2f4a5d6c7e8f",
            "  neural-router explain --site /var/lib/neural-router \\",
            "      --workspace research --model house-chat --tokens 12000 \\",
            "      --header x-tier=gold"
        },
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @ArgGroup(multiplicity = "1")
    private @Nullable What what;

    /** One of the two. */
    static final class What {
        @Option(names = "--request", paramLabel = "ID", description = "The request's id.")
        private @Nullable String request;

        @ArgGroup(exclusive = false)
        private @Nullable Imagined imagined;
    }

    /** A request that nobody has made. */
    static final class Imagined {
        @Option(names = "--workspace", paramLabel = "NAME", required = true, description = "Whose.")
        private String workspace = "";

        @Option(
                names = "--model",
                paramLabel = "NAME",
                required = true,
                description = "The model that it asks for.")
        private String model = "";

        @Option(names = "--key", paramLabel = "NAME", description = "The name of the API key.")
        private @Nullable String key;

        @Option(
                names = "--tokens",
                paramLabel = "N",
                defaultValue = "0",
                description = "How long its context is.")
        private long tokens;

        @Option(names = "--stream", description = "It wants the answer as a stream.")
        private boolean stream;

        @Option(names = "--tools", description = "It offers tools.")
        private boolean tools;

        @Option(names = "--images", description = "There is an image in it.")
        private boolean images;

        @Option(
                names = "--header",
                paramLabel = "NAME=VALUE",
                description = "A header that the route's conditions look at; once for each.")
        private Map<String, String> headers = Map.of();
    }

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        try (var client = site.client()) {
            print(explanation(client));
            return ExitCode.OK;
        }
    }

    private Explanation explanation(AdminClient client) {
        Imagined imagined = what == null ? null : what.imagined;
        if (imagined == null) {
            return client.get(
                    AdminApi.REQUESTS + "/" + request() + AdminApi.EXPLANATION, Explanation.class);
        }
        return client.post(
                AdminApi.ROUTES_EXPLAIN,
                new ExplainRoute(
                        imagined.workspace,
                        imagined.model,
                        imagined.key,
                        null,
                        imagined.stream,
                        imagined.tools,
                        imagined.images,
                        imagined.tokens,
                        imagined.headers),
                Explanation.class);
    }

    private RequestId request() {
        String text = what == null || what.request == null ? "" : what.request;
        try {
            return RequestId.of(text);
        } catch (IllegalArgumentException _) {
            throw new CommandFailed(
                    ExitCode.USAGE, "--request " + text + " is no request's id; it is a UUID");
        }
    }

    private void print(Explanation explanation) {
        terminal.print(
                "route %s, model %s, strategy %s, seed %s"
                        .formatted(
                                explanation.route(),
                                explanation.model(),
                                words(explanation.strategy().name()),
                                explanation.seed()));
        for (Candidate candidate : explanation.candidates()) {
            terminal.print(
                    "  %-2s %s / %s  %s%s%s"
                            .formatted(
                                    candidate.place() == 0 ? "-" : candidate.place() + ".",
                                    candidate.provider(),
                                    candidate.upstreamModel(),
                                    words(candidate.verdict()),
                                    candidate.place() == 0 || candidate.score() <= 0
                                            ? ""
                                            : String.format(
                                                    Locale.ROOT, "  score %.3g", candidate.score()),
                                    candidate.detail().isEmpty()
                                            ? ""
                                            : "  when " + candidate.detail()));
        }
        if (!explanation.attempts().isEmpty()) {
            terminal.print("tried:");
        }
        for (Attempted attempt : explanation.attempts()) {
            terminal.print(
                    String.format(
                            Locale.ROOT,
                            "  at %.1f ms, %.1f ms: %s / %s  %s: %s%s",
                            attempt.atMicros() / 1e3,
                            attempt.micros() / 1e3,
                            attempt.provider(),
                            attempt.upstreamModel(),
                            words(attempt.outcome()),
                            attempt.result(),
                            over(attempt.connection())));
        }
    }

    private static String over(Explanation.@Nullable Connection connection) {
        if (connection == null) {
            return "";
        }
        if (connection.kept()) {
            return "; over a kept connection";
        }
        String tls =
                connection.tlsMicros() == 0
                        ? ""
                        : String.format(Locale.ROOT, ", TLS %.1f ms", connection.tlsMicros() / 1e3);
        return String.format(
                Locale.ROOT,
                "; over a new connection: name %.1f ms, TCP %.1f ms%s",
                connection.lookupMicros() / 1e3,
                connection.tcpMicros() / 1e3,
                tls);
    }

    private static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
