package com.neuralrouter.server.cli;

import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.TryPolicy;
import com.neuralrouter.server.bootstrap.SiteFolder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code neural-router policy test}: the tests that policies carry, with a policy not yet set. */
@Command(
        name = "test",
        header = "Run the tests that all policies carry, as if a policy were in force.",
        description = {
            "",
            "The same tests are run by every change, which is refused if one fails. Nothing is"
                    + " changed by it.",
            ""
        },
        footer = {
            "",
            "What happens next: exit code 0 means that every test passes; 1 that one does not."
        },
        mixinStandardHelpOptions = true)
final class PolicyTestCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Mixin private final PolicyTargetOption of = new PolicyTargetOption();

    @Option(
            names = "--file",
            required = true,
            paramLabel = "FILE",
            description = "A file with the rules, as below 'policy:' in a site's file.")
    private Path file = Path.of("policy.yaml");

    PolicyTestCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() throws IOException {
        SiteFolder folder = site.existing();
        PolicyDocument policy = PolicySetCommand.read(file);
        try (var client = AdminClient.of(folder)) {
            PolicyTarget target = of.resolve(client);
            var trial =
                    TriedPolicy.of(
                            client,
                            terminal,
                            new TryPolicy(
                                    target.apiKey() == null ? of.workspace() : null,
                                    policy,
                                    0,
                                    target.apiKey()));
            trial.printTests();
            terminal.print(trial.tests() + " tests were run.");
            return trial.exitCode();
        }
    }
}
