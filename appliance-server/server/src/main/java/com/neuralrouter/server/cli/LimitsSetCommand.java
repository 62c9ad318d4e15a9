package com.neuralrouter.server.cli;

import com.neuralrouter.contract.LimitsDocument;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** {@code neural-router limits set}: limits what may be asked at a time. */
@Command(
        name = "set",
        header = "Limit how much may be asked at a time.",
        description = {
            "",
            "Of the site, a workspace, its API keys of a name, or a route. What is not said stays"
                    + " as it is. It holds from the next request on, is an entry in the audit"
                    + " trail, and is in what 'neural-router export' writes.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router limits set --site /var/lib/neural-router --workspace research \\",
            "      --key notebook --requests-per-minute 60 --concurrent-requests 5"
        },
        mixinStandardHelpOptions = true)
final class LimitsSetCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Mixin private final LimitedOption of = new LimitedOption();

    @ArgGroup(exclusive = false, multiplicity = "1")
    private Wanted wanted = new Wanted();

    /** At least one of them. */
    private static final class Wanted {
        @Option(
                names = "--requests-per-minute",
                paramLabel = "N",
                description = "How many requests in a minute.")
        private @Nullable Integer requests;

        @Option(
                names = "--tokens-per-minute",
                paramLabel = "N",
                description = "How many tokens in a minute, of requests and answers together.")
        private @Nullable Integer tokens;

        @Option(
                names = "--concurrent-requests",
                paramLabel = "N",
                description = "How many requests at the same time.")
        private @Nullable Integer concurrent;

        LimitsDocument over(LimitsDocument now) {
            return new LimitsDocument(
                    requests == null ? now.requestsPerMinute() : requests,
                    tokens == null ? now.tokensPerMinute() : tokens,
                    concurrent == null ? now.concurrentRequests() : concurrent);
        }
    }

    LimitsSetCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        try (var client = site.client()) {
            of.change(client, terminal, wanted::over);
            return ExitCode.OK;
        }
    }
}
