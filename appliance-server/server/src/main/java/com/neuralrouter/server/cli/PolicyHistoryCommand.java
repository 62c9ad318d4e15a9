package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.PolicyVersion;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.concurrent.Callable;

/** {@code neural-router policy history}: the versions of a policy. */
@Command(
        name = "history",
        header = "List the versions of a policy, the newest first.",
        description = {
            "",
            "The newest is in force. Each line has the number, when it was made, the beginning of"
                    + " its hash, who made it, and what was said of it.",
            ""
        },
        mixinStandardHelpOptions = true)
final class PolicyHistoryCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Mixin private final PolicyTargetOption of = new PolicyTargetOption();

    PolicyHistoryCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        try (var client = site.client()) {
            PolicyTarget target = of.resolve(client);
            String next = String.valueOf(Long.MAX_VALUE);
            boolean none = true;
            while (!next.isEmpty()) {
                JsonNode page =
                        client.get(
                                AdminApi.POLICY_VERSIONS
                                        + PolicyTargetOption.query(target, "cursor=" + next),
                                JsonNode.class);
                for (JsonNode each : page.path("items")) {
                    print(JsonMapper.shared().treeToValue(each, PolicyVersion.class));
                    none = false;
                }
                next = page.path("nextCursor").asString("");
            }
            if (none) {
                terminal.print("There is no policy yet. 'neural-router policy set' makes one.");
            }
            return ExitCode.OK;
        }
    }

    private void print(PolicyVersion version) {
        terminal.print(
                "%4d  %s  %s  %s%s%s%s"
                        .formatted(
                                version.number(),
                                version.at(),
                                version.hash().substring(0, 12),
                                version.by(),
                                version.inForce() ? "  (in force)" : "",
                                version.restores() == null ? "" : "  back to " + version.restores(),
                                version.note().isEmpty() ? "" : "  " + version.note()));
    }
}
