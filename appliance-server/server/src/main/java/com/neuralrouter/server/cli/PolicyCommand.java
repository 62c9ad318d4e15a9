package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.PolicyTrial;
import com.neuralrouter.contract.PolicyTrial.Effect;
import com.neuralrouter.contract.PolicyTrial.Example;
import com.neuralrouter.contract.PolicyTrial.Simulation;
import com.neuralrouter.contract.PolicyTrial.TestResult;
import com.neuralrouter.contract.Problem;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.WorkspaceDocument;
import com.neuralrouter.contract.TryPolicy;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.policy.PolicyDocuments;
import com.neuralrouter.server.site.PolicyYaml;
import com.neuralrouter.server.site.PolicyYamlWriter;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code neural-router policy}: shows a policy, or tries one before it is in force. */
@Command(
        name = "policy",
        header = "Show a policy, or try one before it is in force.",
        description = {
            "",
            "Without a file, shows the policy that is in force, with its hash. With a file, shows"
                    + " what that policy would change, runs the tests that policies carry, and"
                    + " decides the requests of the last days again. Nothing is changed by it:"
                    + " 'neural-router apply' puts a policy in force, and runs the tests once"
                    + " more.",
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

    PolicyCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() throws IOException {
        SiteFolder folder = site.existing();
        try (var client = AdminClient.of(folder, SiteOption.config(folder))) {
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
        PolicyTrial trial;
        try {
            trial =
                    client.post(
                            AdminApi.POLICIES_TRY,
                            new TryPolicy(workspace, policy, days),
                            PolicyTrial.class);
        } catch (AdminClient.Refused refused) {
            throw new CommandFailed(sentences(refused.problem()));
        }
        if (trial.differences().isEmpty()) {
            terminal.print("This policy is in force already.");
        }
        trial.differences().forEach(difference -> terminal.print("change   " + difference));
        trial.tests().forEach(this::print);
        print(trial.simulation());
        return trial.tests().stream().allMatch(TestResult::passed) ? ExitCode.OK : ExitCode.FAILED;
    }

    private static String sentences(Problem problem) {
        return problem.fieldErrors().isEmpty()
                ? problem.detail()
                : problem.fieldErrors().stream()
                        .map(error -> error.field() + ": " + error.message())
                        .collect(Collectors.joining("; "));
    }

    private void print(TestResult test) {
        terminal.print(
                "test     %s  %s / %s: %s"
                        .formatted(
                                test.passed() ? "passes" : "FAILS ",
                                test.policy(),
                                test.name(),
                                test.verdict()));
    }

    private void print(Simulation simulation) {
        terminal.print(
                "replay   %,d requests since %s%s"
                        .formatted(
                                simulation.requests(),
                                simulation.since(),
                                simulation.complete() ? "" : " (the newest only)"));
        for (Effect effect : simulation.effects()) {
            terminal.print(
                    ("         %s, %s: of %,d requests %,d would be refused, %,d could not go where"
                                    + " they went, %,d would be let through")
                            .formatted(
                                    effect.workspace(),
                                    effect.model(),
                                    effect.requests(),
                                    effect.refused(),
                                    effect.elsewhere(),
                                    effect.permitted()));
            effect.examples().forEach(this::print);
        }
        if (!simulation.notSimulated().isEmpty()) {
            terminal.print(
                    "         not replayed, because requests' records don't have it: "
                            + String.join(", ", simulation.notSimulated()));
        }
    }

    private void print(Example example) {
        terminal.print(
                "           %s  %s: %s%s"
                        .formatted(
                                example.at(),
                                example.request(),
                                example.what(),
                                example.rule() == null ? "" : " (" + example.rule() + ")"));
    }
}
