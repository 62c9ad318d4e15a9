package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.WorkspaceDocument;
import com.neuralrouter.contract.TryPolicy;
import com.neuralrouter.server.policy.PolicyDocuments;
import com.neuralrouter.server.site.PolicyYaml;
import com.neuralrouter.server.site.PolicyYamlWriter;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * {@code neural-router policy}: shows a policy, or tries one before it is in force; its subcommands
 * have its versions, and put one in force.
 */
@Command(
        name = "policy",
        header = "Show, try, set a policy; list its versions and go back to one.",
        description = {
            "",
            "Without a file, shows the policy that is in force, with its hash. With a file, shows"
                    + " what that policy would change, runs the tests that policies carry, and"
                    + " decides the requests of the last days again. Nothing is changed by it:"
                    + " 'policy set' and 'neural-router apply' put a policy in force, and run the"
                    + " tests once more.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  neural-router policy --site /var/lib/neural-router",
            "  neural-router policy --site /var/lib/neural-router --workspace research \\",
            "      --try research-policy.yaml --days 30",
            "",
            "The rules are described in docs/explanation/policy-semantics.md.",
            "",
            "What happens next: exit code 0 means that every test passes; 1 that one does not."
        },
        mixinStandardHelpOptions = true)
final class PolicyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Option(
            names = "--workspace",
            paramLabel = "NAME",
            description = "The policy of that workspace; without it, the site's own.")
    private @Nullable String workspace;

    @Option(
            names = "--try",
            paramLabel = "FILE",
            description = "A file with a policy's rules, as below 'policy:' in a site's file.")
    private @Nullable Path file;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "30",
            description = "How many days of requests it is tried on (default: ${DEFAULT-VALUE}).")
    private int days = 30;

    /** The command with its subcommands. */
    static CommandLine line(Terminal terminal) {
        var command = new CommandLine(new PolicyCommand(terminal));
        command.addSubcommand(new PolicyHistoryCommand(terminal));
        command.addSubcommand(new PolicyShowCommand(terminal));
        command.addSubcommand(new PolicyDiffCommand(terminal));
        command.addSubcommand(new PolicySimulateCommand(terminal));
        command.addSubcommand(new PolicyTestCommand(terminal));
        command.addSubcommand(new PolicySetCommand(terminal));
        command.addSubcommand(new PolicyRollbackCommand(terminal));
        return command;
    }

    private PolicyCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() throws IOException {
        try (var client = site.client()) {
            if (file == null) {
                show(client.get(AdminApi.SITE, SiteDocument.class));
                return ExitCode.OK;
            }
            if (!Files.isRegularFile(file)) {
                throw new CommandFailed("There is no file " + file + ".");
            }
            return tried(client, PolicyYaml.read(file));
        }
    }

    private void show(SiteDocument document) {
        PolicyDocument policy =
                workspace == null
                        ? document.policy()
                        : document.workspaces().stream()
                                .filter(each -> each.name().equals(workspace))
                                .findFirst()
                                .map(WorkspaceDocument::policy)
                                .orElse(null);
        if (policy == null) {
            terminal.print("# There are no rules here.");
            return;
        }
        terminal.print("# " + PolicyDocuments.hash(policy));
        PolicyYamlWriter.lines(policy).forEach(terminal::print);
    }

    private int tried(AdminClient client, PolicyDocument policy) {
        var trial = TriedPolicy.of(client, terminal, new TryPolicy(workspace, policy, days));
        trial.printDifferences();
        trial.printTests();
        trial.printSimulation();
        return trial.exitCode();
    }
}
