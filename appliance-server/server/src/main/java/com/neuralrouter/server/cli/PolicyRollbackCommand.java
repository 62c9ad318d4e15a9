package com.neuralrouter.server.cli;

import com.neuralrouter.contract.ActivatePolicy;
import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.PolicyVersion;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.contract.ProposedChange.PolicyChange;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** {@code neural-router policy rollback}: an older version, in force again. */
@Command(
        name = "rollback",
        header = "Put an older version of a policy in force again, in one step.",
        description = {
            "",
            "Its rules become a new version; nothing is taken out of the history. All tests that"
                    + " policies carry are run: one that fails, and nothing is changed.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router policy rollback --site /var/lib/neural-router --to 6 \\",
            "      --note 'the batch at night was refused'"
        },
        mixinStandardHelpOptions = true)
final class PolicyRollbackCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Mixin private final PolicyTargetOption of = new PolicyTargetOption();

    @Mixin private final ProposeOption how = new ProposeOption();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "N",
            description = "The version to go back to; see 'history'.")
    private long number;

    PolicyRollbackCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        try (var client = site.client()) {
            PolicyTarget target = of.resolve(client);
            if (how.wanted()) {
                how.propose(
                        client,
                        terminal,
                        ProposedChange.of(new PolicyChange(target, null, number)));
                return ExitCode.OK;
            }
            PolicyVersion version =
                    ProposeOption.make(() ->
                            client.post(
                                    AdminApi.POLICY_ACTIVATE,
                                    new ActivatePolicy(target, number, how.note()),
                                    PolicyVersion.class));
            terminal.print(
                    "Version "
                            + version.number()
                            + " is in force; it says what version "
                            + number
                            + " said.");
            return ExitCode.OK;
        }
    }
}
