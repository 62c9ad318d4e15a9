package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.PolicyVersion;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.contract.ProposedChange.PolicyChange;
import com.neuralrouter.contract.SetPolicy;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.site.PolicyYaml;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code neural-router policy set}: puts a policy in force, or takes it away. */
@Command(
        name = "set",
        header = "Put a policy in force, or take all of its rules away.",
        description = {
            "",
            "For the site, a workspace or an API key. It becomes a new version. All tests that"
                    + " policies carry are run: one that fails, and nothing is changed.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router policy set --site /var/lib/neural-router --workspace research \\",
            "      --key batch --file batch-policy.yaml --note 'only at night'"
        },
        mixinStandardHelpOptions = true)
final class PolicySetCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Mixin private final PolicyTargetOption of = new PolicyTargetOption();

    @Mixin private final ProposeOption how = new ProposeOption();

    @ArgGroup(multiplicity = "1")
    private Rules rules = new Rules();

    /** One of the two. */
    private static final class Rules {
        @Option(
                names = "--file",
                paramLabel = "FILE",
                description = "A file with the rules, as below 'policy:' in a site's file.")
        private @Nullable Path file;

        @Option(names = "--none", description = "Take all rules away.")
        private boolean none;
    }

    PolicySetCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() throws IOException {
        SiteFolder folder = site.existing();
        PolicyDocument policy = rules.none || rules.file == null ? null : read(rules.file);
        try (var client = AdminClient.of(folder)) {
            PolicyTarget target = of.resolve(client);
            if (how.wanted()) {
                how.propose(
                        client,
                        terminal,
                        ProposedChange.of(new PolicyChange(target, policy, null)));
                return ExitCode.OK;
            }
            PolicyVersion version =
                    ProposeOption.make(() ->
                            client.post(
                                    AdminApi.POLICIES,
                                    new SetPolicy(target, policy, how.note(), null),
                                    PolicyVersion.class));
            terminal.print("Version " + version.number() + " is in force: " + version.hash());
            return ExitCode.OK;
        }
    }

    static PolicyDocument read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailed("There is no file " + file + ".");
        }
        return PolicyYaml.read(file);
    }
}
