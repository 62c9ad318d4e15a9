package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.Approval;
import com.neuralrouter.contract.DecideApproval;
import com.neuralrouter.contract.DecidedApproval;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.UUID;
import java.util.concurrent.Callable;

/** {@code neural-router approvals approve}, {@code reject} and {@code withdraw}. */
@Command(mixinStandardHelpOptions = true)
final class ApprovalsDecideCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final String what;

    @Mixin private final SiteOption site;

    @Parameters(paramLabel = "ID", description = "As 'list' shows it.")
    private UUID id = new UUID(0, 0);

    @Option(
            names = "--hash",
            required = true,
            paramLabel = "HASH",
            description = "The hash that 'show' printed: what was looked at is what is decided.")
    private String hash = "";

    @Option(names = "--note", paramLabel = "TEXT", description = "Why.")
    private @Nullable String note;

    private ApprovalsDecideCommand(Terminal terminal, String what) {
        this.terminal = terminal;
        this.what = what;
        this.site = new SiteOption(terminal.environment());
    }

    static CommandLine approving(Terminal terminal) {
        return line(
                terminal,
                AdminApi.APPROVE,
                "approve",
                "Approve a change of somebody else: it is made at once.");
    }

    static CommandLine rejecting(Terminal terminal) {
        return line(terminal, AdminApi.REJECT, "reject", "Reject a change of somebody else.");
    }

    static CommandLine withdrawing(Terminal terminal) {
        return line(terminal, AdminApi.WITHDRAW, "withdraw", "Take a change of one's own back.");
    }

    private static CommandLine line(Terminal terminal, String path, String name, String header) {
        var line = new CommandLine(new ApprovalsDecideCommand(terminal, path));
        line.getCommandSpec().name(name).usageMessage().header(header);
        return line;
    }

    @Override
    public Integer call() {
        try (var client = site.client()) {
            String path = AdminApi.APPROVALS + "/" + id + what;
            var decision = new DecideApproval(hash, note);
            if (what.equals(AdminApi.APPROVE)) {
                print(client.post(path, decision, DecidedApproval.class));
            } else {
                ApprovalsShowCommand.print(terminal, client.post(path, decision, Approval.class));
            }
            return ExitCode.OK;
        }
    }

    private void print(DecidedApproval decided) {
        ApprovalsShowCommand.print(terminal, decided.approval());
        if (decided.policy() != null) {
            terminal.print("version   " + decided.policy().number());
        }
        if (decided.invitation() != null) {
            terminal.print("code      " + decided.invitation().code());
        }
    }
}
