package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.PolicyDiff;
import com.neuralrouter.contract.PolicyTarget;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** {@code neural-router policy diff}: what two versions of a policy say differently. */
@Command(
        name = "diff",
        header = "Show what is different between two versions of a policy, rule by rule.",
        mixinStandardHelpOptions = true)
final class PolicyDiffCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Mixin private final PolicyTargetOption of = new PolicyTargetOption();

    @Parameters(index = "0", paramLabel = "FROM", description = "A version; 0 is no rules at all.")
    private long from;

    @Parameters(index = "1", paramLabel = "TO", description = "Another one.")
    private long to;

    PolicyDiffCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        try (var client = site.client()) {
            PolicyTarget target = of.resolve(client);
            PolicyDiff diff =
                    client.get(
                            AdminApi.POLICY_DIFF
                                    + PolicyTargetOption.query(target, "from=" + from, "to=" + to),
                            PolicyDiff.class);
            if (diff.differences().isEmpty()) {
                terminal.print("They say the same.");
            }
            diff.differences().forEach(terminal::print);
            return ExitCode.OK;
        }
    }
}
