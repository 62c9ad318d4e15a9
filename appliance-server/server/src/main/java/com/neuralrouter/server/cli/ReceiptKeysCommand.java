package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ReceiptKey;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.concurrent.Callable;

/** {@code neural-router receipt keys}: which keys sign receipts, or did. */
@Command(
        name = "keys",
        header = "Show the keys of receipts, or put another one in force.",
        description = {
            "",
            "The newest signs. Of the others only the public half is left: by it old receipts are"
                    + " checked, for as long as anybody keeps them.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  neural-router receipt keys --site /var/lib/neural-router",
            "  neural-router receipt keys --site /var/lib/neural-router --rotate",
            "",
            "What happens next, after a rotation: make a new backup of the keys."
        },
        mixinStandardHelpOptions = true)
final class ReceiptKeysCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Option(
            names = "--rotate",
            description = "Sign with another key from now on, and destroy the one before.")
    private boolean rotate;

    ReceiptKeysCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        try (var client = site.client()) {
            JsonNode page =
                    rotate
                            ? client.post(AdminApi.RECEIPT_KEYS_ROTATE, JsonNode.class)
                            : client.get(AdminApi.RECEIPT_KEYS, JsonNode.class);
            for (JsonNode each : page.path("items")) {
                ReceiptKey key = JsonMapper.shared().treeToValue(each, ReceiptKey.class);
                terminal.print(
                        key.kid()
                                + "  since "
                                + key.createdAt()
                                + (key.signing() ? "  signs" : ""));
            }
            return ExitCode.OK;
        }
    }
}
