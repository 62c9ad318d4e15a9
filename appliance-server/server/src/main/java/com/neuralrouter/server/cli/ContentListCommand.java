package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.KeptContentHead;
import com.neuralrouter.contract.WorkspaceId;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.concurrent.Callable;

/** {@code neural-router content list}: of which requests content is kept. */
@Command(
        name = "list",
        header = "List the requests of which a workspace keeps the content, not the content.",
        footer = {
            "",
            "Example:",
            "  neural-router content list --site /var/lib/neural-router --workspace legal"
        },
        mixinStandardHelpOptions = true)
final class ContentListCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Option(names = "--workspace", required = true, paramLabel = "NAME", description = "Whose.")
    private String workspace = "";

    ContentListCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        try (var client = site.client()) {
            WorkspaceId id = NamedWorkspace.id(client, workspace);
            String path = AdminApi.WORKSPACES + "/" + id + AdminApi.CONTENT_OF_WORKSPACE;
            String cursor = "";
            do {
                JsonNode page =
                        client.get(
                                cursor.isEmpty() ? path : path + "?cursor=" + cursor,
                                JsonNode.class);
                for (JsonNode each : page.path("items")) {
                    print(JsonMapper.shared().treeToValue(each, KeptContentHead.class));
                }
                cursor = page.path("nextCursor").asString("");
            } while (!cursor.isEmpty());
            return ExitCode.OK;
        }
    }

    private void print(KeptContentHead head) {
        terminal.print(
                "%s  kept %s  until %s  %,d bytes%s"
                        .formatted(
                                head.request(),
                                head.keptAt(),
                                head.expiresAt(),
                                head.bytes(),
                                head.cut() ? ", the answer's end is cut off" : ""));
    }
}
