package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.PolicyVersion;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.TryPolicy;
import com.neuralrouter.server.bootstrap.SiteFolder;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code neural-router policy simulate}: what a policy would have decided. */
@Command(
        name = "simulate",
        header = "Show what a policy would have decided about the requests of the last days.",
        description = {
            "",
            "By the requests' records, which hold no content: how many would be refused, could not"
                    + " go where they went, or would be let through, by workspace and model, with"
                    + " examples. Rules that ask for what is not recorded are named. Nothing is"
                    + " changed by it.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  neural-router policy simulate --site /var/lib/neural-router \\",
            "      --file site-policy.yaml",
            "  neural-router policy simulate --site /var/lib/neural-router --number 6 \\",
            "      --days 7"
        },
        mixinStandardHelpOptions = true)
final class PolicySimulateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Mixin private final PolicyTargetOption of = new PolicyTargetOption();

    @ArgGroup(multiplicity = "1")
    private Rules rules = new Rules();

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "30",
            description = "How many days of requests (default: ${DEFAULT-VALUE}).")
    private int days = 30;

    /** One of the two. */
    private static final class Rules {
        @Option(
                names = "--file",
                paramLabel = "FILE",
                description = "A file with the rules, as below 'policy:' in a site's file.")
        private @Nullable Path file;

        @Option(names = "--number", paramLabel = "N", description = "An older version.")
        private long number;
    }

    PolicySimulateCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() throws IOException {
        SiteFolder folder = site.existing();
        PolicyDocument given = rules.file == null ? null : PolicySetCommand.read(rules.file);
        try (var client = AdminClient.of(folder)) {
            PolicyTarget target = of.resolve(client);
            PolicyDocument policy = given == null ? version(client, target) : given;
            var trial =
                    TriedPolicy.of(
                            client,
                            terminal,
                            new TryPolicy(
                                    target.apiKey() == null ? of.workspace() : null,
                                    policy,
                                    days,
                                    target.apiKey()));
            trial.printDifferences();
            trial.printSimulation();
            return ExitCode.OK;
        }
    }

    private PolicyDocument version(AdminClient client, PolicyTarget target) {
        String path =
                AdminApi.POLICY_VERSIONS + "/" + rules.number + PolicyTargetOption.query(target);
        return client.get(path, PolicyVersion.class).policy();
    }
}
