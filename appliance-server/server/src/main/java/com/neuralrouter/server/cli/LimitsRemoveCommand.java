package com.neuralrouter.server.cli;

import com.neuralrouter.contract.LimitsDocument;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code neural-router limits remove}: takes somebody's limits away. */
@Command(
        name = "remove",
        header = "Take all limits of somebody away.",
        description = {
            "",
            "Of the site, a workspace, its API keys of a name, or a route. Those of the others"
                    + " still hold.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router limits remove --site /var/lib/neural-router --route house-chat"
        },
        mixinStandardHelpOptions = true)
final class LimitsRemoveCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Mixin private final LimitedOption of = new LimitedOption();

    LimitsRemoveCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        try (var client = site.client()) {
            of.change(client, terminal, _ -> LimitsDocument.NONE);
            return ExitCode.OK;
        }
    }
}
