package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.Approval;
import com.neuralrouter.contract.Approval.Party;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;

/** {@code neural-router approvals show}. */
@Command(
        name = "show",
        header = "Show a proposed change: what would be different, who proposed it, its hash.",
        mixinStandardHelpOptions = true)
final class ApprovalsShowCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Parameters(paramLabel = "ID", description = "As 'list' shows it.")
    private UUID id = new UUID(0, 0);

    ApprovalsShowCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        try (var client = site.client()) {
            print(terminal, client.get(AdminApi.APPROVALS + "/" + id, Approval.class));
            return ExitCode.OK;
        }
    }

    static void print(Terminal terminal, Approval approval) {
        terminal.print("change    " + approval.subject());
        approval.differences().forEach(difference -> terminal.print("          " + difference));
        terminal.print("state     " + approval.state().name().toLowerCase(Locale.ROOT));
        if (approval.baseChanged()) {
            terminal.print("          something else has changed since: it can't be approved");
        }
        terminal.print(
                "proposed  " + approval.proposedAt() + " by " + party(approval.proposedBy()));
        if (!approval.note().isEmpty()) {
            terminal.print("          " + approval.note());
        }
        if (approval.decidedBy() != null) {
            terminal.print(
                    "decided   " + approval.decidedAt() + " by " + party(approval.decidedBy()));
            if (approval.decisionNote() != null && !approval.decisionNote().isEmpty()) {
                terminal.print("          " + approval.decisionNote());
            }
        } else {
            terminal.print("expires   " + approval.expiresAt());
        }
        terminal.print("hash      " + approval.hash());
    }

    private static String party(Party party) {
        return party.person().equals(party.device())
                ? party.person()
                : party.person() + " on " + party.device();
    }
}
