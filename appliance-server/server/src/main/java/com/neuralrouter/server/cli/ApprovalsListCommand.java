package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.Approval;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code neural-router approvals list}. */
@Command(
        name = "list",
        header = "List the changes that wait for a second person.",
        mixinStandardHelpOptions = true)
final class ApprovalsListCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Option(names = "--all", description = "Those that are decided too, the newest first.")
    private boolean all;

    ApprovalsListCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        try (var client = site.client()) {
            String query = all ? "?limit=" + AdminApi.MAX_LIMIT : "?state=pending";
            String cursor = "";
            boolean more = true;
            boolean none = true;
            while (more) {
                JsonNode page = client.get(AdminApi.APPROVALS + query + cursor, JsonNode.class);
                for (JsonNode each : page.path("items")) {
                    print(JsonMapper.shared().treeToValue(each, Approval.class));
                    none = false;
                }
                String next = page.path("nextCursor").asString("");
                cursor = "&cursor=" + next;
                more = !next.isEmpty();
            }
            if (none) {
                terminal.print(
                        all ? "Nothing was proposed yet." : "Nothing waits for an approval.");
            }
            return ExitCode.OK;
        }
    }

    private void print(Approval approval) {
        terminal.print(
                "%s  %-9s  %s, proposed by %s at %s%s"
                        .formatted(
                                approval.id(),
                                approval.state().name().toLowerCase(Locale.ROOT),
                                approval.subject(),
                                approval.proposedBy().person(),
                                approval.proposedAt(),
                                approval.baseChanged()
                                        ? "  (something else has changed since)"
                                        : ""));
    }
}
