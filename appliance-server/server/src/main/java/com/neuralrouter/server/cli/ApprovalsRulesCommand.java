package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ApprovalRules;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.ProposedChange;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code neural-router approvals rules}: which changes need a second person. */
@Command(
        name = "rules",
        header = "Show or say which changes need a second person.",
        description = {
            "",
            "Once a kind does, so do the invitation of devices that could approve, and saying"
                    + " otherwise. The kinds are: policy, provider, workspace-deletion.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  neural-router approvals rules --site /var/lib/neural-router",
            "  neural-router approvals rules --site /var/lib/neural-router \\",
            "      --require policy,workspace-deletion --valid-hours 24",
            "  neural-router approvals rules --site /var/lib/neural-router --require none \\",
            "      --propose"
        },
        mixinStandardHelpOptions = true)
final class ApprovalsRulesCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Mixin private final ProposeOption how = new ProposeOption();

    @Option(
            names = "--require",
            paramLabel = "KINDS",
            description = "The kinds, separated by commas, or none. Without it, they are shown.")
    private @Nullable String required;

    @Option(
            names = "--valid-hours",
            paramLabel = "N",
            defaultValue = "72",
            description =
                    "How long a proposal waits before it expires (default: ${DEFAULT-VALUE}).")
    private int validHours = ApprovalRules.USUAL_HOURS;

    ApprovalsRulesCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        try (var client = site.client()) {
            if (required == null) {
                print(client.get(AdminApi.APPROVAL_RULES, ApprovalRules.class));
                return ExitCode.OK;
            }
            var wanted = new ApprovalRules(kinds(required), validHours);
            if (how.wanted()) {
                how.propose(client, terminal, ProposedChange.of(wanted));
            } else {
                print(
                        ProposeOption.make(() ->
                                client.post(AdminApi.APPROVAL_RULES, wanted, ApprovalRules.class)));
            }
            return ExitCode.OK;
        }
    }

    private static List<ChangeKind> kinds(String text) {
        var kinds = new ArrayList<ChangeKind>();
        for (String name : text.equals("none") ? new String[0] : text.split(",")) {
            kinds.add(
                    Arrays.stream(ChangeKind.values())
                            .filter(kind -> shown(kind).equals(name.strip()))
                            .findFirst()
                            .orElseThrow(() ->
                                    new CommandFailed(
                                            "There is no kind of change '" + name + "'.")));
        }
        return kinds;
    }

    private static String shown(ChangeKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void print(ApprovalRules rules) {
        if (rules.required().isEmpty()) {
            terminal.print("Nothing needs a second person.");
            return;
        }
        for (ChangeKind kind : ChangeKind.values()) {
            terminal.print(
                    "%-20s %s"
                            .formatted(
                                    shown(kind),
                                    rules.demand(kind) ? "a second person" : "one person"));
        }
        terminal.print("A proposal waits for " + rules.validHours() + " hours.");
    }
}
