package com.neuralrouter.server.cli;

import com.neuralrouter.server.receipt.ReceiptCheck;

import picocli.CommandLine.Command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code neural-router receipt verifier}: what somebody elsewhere checks receipts with. */
@Command(
        name = "verifier",
        header = "Print a verifier of receipts in one file of Java.",
        description = {"", "It needs a JDK (17 or later) and nothing of ours.", ""},
        footer = {
            "",
            "Example:",
            "  neural-router receipt verifier > ReceiptVerifier.java",
            "  java ReceiptVerifier.java --keys jwks.json --receipt receipt.jws"
        },
        mixinStandardHelpOptions = true)
final class ReceiptVerifierCommand implements Callable<Integer> {
    private final Terminal terminal;

    ReceiptVerifierCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        try (InputStream source =
                Objects.requireNonNull(
                        ReceiptCheck.class.getResourceAsStream("/receipt/ReceiptVerifier.java"))) {
            source.transferTo(terminal.out());
            terminal.out().flush();
            return ExitCode.OK;
        }
    }
}
