package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.PolicyVersion;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.server.site.PolicyYamlWriter;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.concurrent.Callable;

/** {@code neural-router policy show}: a policy, the one in force or an older version. */
@Command(
        name = "show",
        header = "Show a policy: the one in force, or an older version.",
        description = {
            "",
            "What is printed can be written to a file, and set or tried from there.",
            ""
        },
        mixinStandardHelpOptions = true)
final class PolicyShowCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Mixin private final PolicyTargetOption of = new PolicyTargetOption();

    @Option(
            names = "--number",
            paramLabel = "N",
            description = "That version; without it, the one in force.")
    private @Nullable Long number;

    PolicyShowCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        try (var client = site.client()) {
            PolicyTarget target = of.resolve(client);
            PolicyVersion version = number == null ? newest(client, target) : get(client, target);
            if (version == null) {
                terminal.print("# There never were rules here.");
                return ExitCode.OK;
            }
            terminal.print("# version " + version.number() + ", " + version.hash());
            if (version.policy().equals(PolicyDocument.NONE)) {
                terminal.print("# There are no rules here.");
            }
            PolicyYamlWriter.lines(version.policy()).forEach(terminal::print);
            return ExitCode.OK;
        }
    }

    private PolicyVersion get(AdminClient client, PolicyTarget target) {
        return client.get(
                AdminApi.POLICY_VERSIONS + "/" + number + PolicyTargetOption.query(target),
                PolicyVersion.class);
    }

    private @Nullable PolicyVersion newest(AdminClient client, PolicyTarget target) {
        JsonNode items =
                client.get(
                                AdminApi.POLICY_VERSIONS
                                        + PolicyTargetOption.query(target, "limit=1"),
                                JsonNode.class)
                        .path("items");
        return items.isEmpty()
                ? null
                : JsonMapper.shared().treeToValue(items.get(0), PolicyVersion.class);
    }
}
