package com.neuralrouter.server.cli;

import com.neuralrouter.server.receipt.ReceiptCheck;
import com.neuralrouter.server.receipt.ReceiptCheck.NotGenuine;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code neural-router receipt verify}: needs no running server. */
@Command(
        name = "verify",
        header = "Check a receipt, offline.",
        description = {
            "",
            "Says whether the site signed it, and what it says; with --request and --answer also"
                    + " whether it is about these, byte for byte. Of a stream the answer is all"
                    + " bytes before the line that begins with ': nr-receipt'.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  neural-router receipt verify --site /var/lib/neural-router receipt.jws",
            "  neural-router receipt verify --keys jwks.json receipt.jws --request body.json",
            "",
            "jwks.json is what the appliance serves at /.well-known/jwks.json."
        },
        mixinStandardHelpOptions = true)
final class ReceiptVerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Parameters(paramLabel = "FILE", description = "The receipt, as it stood in NR-Receipt.")
    private Path receipt = Path.of("");

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "The site's keys; without it those in the site's folder.")
    private @Nullable Path keys;

    @Option(names = "--request", paramLabel = "FILE", description = "The request's body.")
    private @Nullable Path request;

    @Option(names = "--answer", paramLabel = "FILE", description = "The answer's body.")
    private @Nullable Path answer;

    @Option(
            names = "--leaf",
            paramLabel = "FILE",
            description =
                    "The request's entry in the audit log, of 'neural-router audit proof --request"
                            + " ID -o NAME'.")
    private @Nullable Path leaf;

    ReceiptVerifyCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() throws IOException {
        Path known = keys == null ? site.existing().receiptKeys() : keys;
        try {
            ReceiptCheck check =
                    ReceiptCheck.of(
                            new String(read(receipt), StandardCharsets.US_ASCII).strip(),
                            new String(read(known), StandardCharsets.UTF_8));
            if (request != null) {
                check.demandRequest(read(request));
            }
            if (answer != null) {
                check.demandAnswer(read(answer));
            }
            if (leaf != null) {
                check.demandLeaf(read(leaf));
            }
            tell(check);
            return ExitCode.OK;
        } catch (NotGenuine wrong) {
            throw new CommandFailed("The receipt is not genuine: " + wrong.getMessage() + ".");
        }
    }

    private void tell(ReceiptCheck check) {
        terminal.print("The receipt is genuine.");
        for (Map.Entry<String, JsonNode> claim : check.claims().properties()) {
            terminal.print("  " + claim.getKey() + ": " + claim.getValue());
        }
        if (request != null) {
            terminal.print("It is about this request.");
        }
        if (answer != null) {
            terminal.print("It is about this answer.");
        }
        if (leaf != null) {
            terminal.print("The entry is about it; 'neural-router audit verify' checks the log.");
        }
    }

    private static byte[] read(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new CommandFailed("There is no file " + file + ".");
        }
    }
}
