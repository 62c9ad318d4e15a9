package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.KeptContent;
import com.neuralrouter.contract.ReadContent;
import com.neuralrouter.contract.RequestId;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.Callable;

/** {@code neural-router content show}: one request's content, for a reason. */
@Command(
        name = "show",
        header = "Show what is kept of one request.",
        description = {"", "The audit trail has who looked, when, and the reason.", ""},
        footer = {
            "",
            "Example:",
            "  neural-router content show --site /var/lib/neural-router 0198c1d2-... \\",
            "      --reason \"complaint 17\""
        },
        mixinStandardHelpOptions = true)
final class ContentShowCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Parameters(paramLabel = "REQUEST", description = "Its id, the answer's x-request-id.")
    private UUID request = new UUID(0, 0);

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "For the audit trail.")
    private String reason = "";

    ContentShowCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        try (var client = site.client()) {
            KeptContent kept =
                    client.post(
                            AdminApi.CONTENT_READ,
                            new ReadContent(new RequestId(request), reason),
                            KeptContent.class);
            terminal.print("request, kept until " + kept.head().expiresAt() + ":");
            terminal.print(text(kept.requestBody()));
            terminal.print(kept.head().cut() ? "answer, its beginning:" : "answer:");
            terminal.print(text(kept.answerBody()));
            return ExitCode.OK;
        }
    }

    private static String text(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
