package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.LogCheckpoint;
import com.neuralrouter.contract.LogProof;
import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.NoteVerifier;
import com.neuralrouter.tlog.TlogProof;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

/** {@code neural-router audit proof}: that one entry is in the log, for somebody elsewhere. */
@Command(
        name = "proof",
        header = "Prove that an entry is in the log.",
        description = {
            "",
            "Prints the entry as it is in the log, and a proof in the form of C2SP tlog-proof:"
                    + " with the log's key it convinces somebody who has nothing else of the log.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router audit proof --site /var/lib/neural-router 4711 -o entry-4711"
        },
        mixinStandardHelpOptions = true)
final class AuditProofCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Parameters(
            paramLabel = "ENTRY",
            arity = "0..1",
            description = "The entry's number, as the desktop shows it.")
    private @Nullable Long entry;

    @Option(
            names = "--request",
            paramLabel = "ID",
            description = "Instead of an entry: the id of an inference request (x-request-id).")
    private @Nullable UUID request;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "NAME",
            description = "Write NAME.json, the entry, and NAME.tlog-proof instead of printing.")
    private @Nullable Path output;

    AuditProofCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() throws IOException {
        try (var client = site.client()) {
            LogProof proof = client.get(path() + AdminApi.PROOF, LogProof.class);
            demandGood(proof, client.get(AdminApi.AUDIT_CHECKPOINT, LogCheckpoint.class));
            if (output == null) {
                terminal.print(proof.leaf());
                terminal.print("");
                terminal.out().print(proof.proof());
                terminal.out().flush();
            } else {
                write(output + ".json", proof.leaf());
                write(output + ".tlog-proof", proof.proof());
            }
            return ExitCode.OK;
        }
    }

    private String path() {
        if ((entry == null) == (request == null)) {
            throw new CommandFailed("Say which: an entry's number, or --request with an id.");
        }
        return entry == null ? AdminApi.REQUESTS + "/" + request : AdminApi.AUDIT + "/" + entry;
    }

    /** What does not convince us must not be given to anybody else. */
    private static void demandGood(LogProof proof, LogCheckpoint checkpoint) {
        List<NoteVerifier> keys = checkpoint.keys().stream().map(NoteVerifier::parse).toList();
        TlogProof parsed = TlogProof.parse(proof.proof());
        String origin = Checkpoint.parse(parsed.checkpoint().text()).origin();
        if (!parsed.proves(proof.leaf().getBytes(StandardCharsets.UTF_8), origin, keys)) {
            throw new CommandFailed(
                    "The server's proof does not prove the entry; nothing is given.");
        }
    }

    private static void write(String name, String text) throws IOException {
        try {
            Files.writeString(Path.of(name), text, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailed(name + " is there already; name another.");
        }
    }
}
