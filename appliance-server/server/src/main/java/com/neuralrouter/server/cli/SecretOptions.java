package com.neuralrouter.server.cli;

import com.neuralrouter.server.secret.SecretBytes;
import com.neuralrouter.server.secret.seal.SealChoice;
import com.neuralrouter.server.secret.seal.SealKind;
import com.neuralrouter.server.secret.seal.SealMaterial;
import com.neuralrouter.server.secret.seal.SealSpec;
import com.neuralrouter.server.secret.seal.Seals;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Asks for what opens a seal: passphrase, PIN, token or one share after another. From a person at
 * the terminal, without showing it; else from the standard input or a file, a line each.
 */
final class SecretOptions implements AutoCloseable {
    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description =
                    "Read the passphrase, PIN or token from the file's first line, shares from one"
                            + " line each; - is the standard input. Without it a person is asked.")
    private @Nullable Path file;

    private @Nullable InputStream lines;

    /** The next secret, which the caller closes. Throws {@link CommandFailed} if there is none. */
    SecretBytes next(String question, Terminal terminal) throws IOException {
        return next(question, terminal, "Nothing was entered; nothing was done.");
    }

    /** The same, with what is said if there is none. */
    SecretBytes next(String question, Terminal terminal, String ifNone) throws IOException {
        byte[] line = fromFile() ? nextLine() : terminal.person().askSecret(question + ": ");
        if (line.length == 0) {
            throw new CommandFailed(ifNone);
        }
        return SecretBytes.owning(line);
    }

    /** What makes that seal; a new passphrase is asked for twice. The caller closes it. */
    SealMaterial forNew(SealSpec spec, Seals seals, Terminal terminal) throws IOException {
        Optional<SealMaterial> atHand = seals.automatic(spec);
        if (atHand.isPresent()) {
            return atHand.get();
        }
        SealKind kind = spec.kind();
        SecretBytes given = next(question(kind), terminal);
        if (kind == SealKind.PASSPHRASE && !fromFile() && terminal.person().present()) {
            try (SecretBytes again = next("The same passphrase again", terminal)) {
                if (!given.equals(again)) {
                    given.close();
                    throw new CommandFailed(
                            "The two passphrases are not the same; nothing was done.");
                }
            }
        }
        return SealChoice.material(kind, given);
    }

    /** What a person is asked for. */
    static String question(SealKind kind) {
        return switch (kind) {
            case PASSPHRASE -> "Passphrase of the vault";
            case SHARES -> "Share";
            case PKCS11 -> "PIN of the token";
            case TRANSIT -> "Token for the transit server";
            case KEY_FILE -> "Enter";
        };
    }

    private boolean fromFile() {
        return file != null && !file.equals(Path.of("-"));
    }

    private byte[] nextLine() throws IOException {
        if (lines == null) {
            // Unbuffered: the file's bytes are in no array but the line's.
            lines = Files.newInputStream(file == null ? Path.of("-") : file);
        }
        return SecretLine.read(lines);
    }

    @Override
    public void close() throws IOException {
        if (lines != null) {
            lines.close();
            lines = null;
        }
    }
}
