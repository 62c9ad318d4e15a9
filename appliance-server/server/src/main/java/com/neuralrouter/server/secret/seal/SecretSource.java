package com.neuralrouter.server.secret.seal;

import com.neuralrouter.server.secret.SecretBytes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a passphrase, a PIN or a token comes from when the appliance starts: a person who enters
 * it, a file, or a systemd credential (systemd.exec(5), {@code LoadCredential=}). The vault file
 * keeps its {@link #text()}.
 */
public sealed interface SecretSource {
    /** A larger file is no passphrase, PIN or token. */
    int MAX_BYTES = 4096;

    /** Somebody enters it after each start. */
    record Person() implements SecretSource {
        @Override
        public String text() {
            return "person";
        }
    }

    /** A file that nobody but its owner may read; a relative path is taken from the site. */
    record OwnFile(Path path) implements SecretSource {
        @Override
        public String text() {
            return "file:" + path;
        }
    }

    /** A file of that name in the folder that systemd names in {@code CREDENTIALS_DIRECTORY}. */
    record Credential(String name) implements SecretSource {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

        public Credential {
            if (!NAME.matcher(name).matches()) {
                throw new SealRefused(
                        "A systemd credential's name has up to 128 letters, digits, '.', '_' and"
                                + " '-' and begins with none of '.' and '-'.");
            }
        }

        @Override
        public String text() {
            return "credential:" + name;
        }
    }

    /** As it is written in the vault file and on the command line. */
    String text();

    /** Reads what {@link #text()} wrote; throws {@link SealRefused} for anything else. */
    static SecretSource of(String text) {
        if (text.equals("person")) {
            return new Person();
        }
        if (text.startsWith("file:") && text.length() > "file:".length()) {
            return new OwnFile(Path.of(text.substring("file:".length())));
        }
        if (text.startsWith("credential:")) {
            return new Credential(text.substring("credential:".length()));
        }
        throw new SealRefused(
                "A secret comes from 'person', 'file:PATH' or 'credential:NAME', not from '%s'."
                        .formatted(text));
    }

    /**
     * The secret, which the caller closes, without one newline at its end; empty if a person has
     * it. Throws {@link SealRefused} for a file that is absent, empty, too large or open to others.
     */
    default Optional<SecretBytes> read(Path base, Map<String, String> environment) {
        return switch (this) {
            case Person _ -> Optional.empty();
            case OwnFile file -> Optional.of(readOwn(base.resolve(file.path())));
            case Credential credential -> Optional.of(readCredential(credential, environment));
        };
    }

    private static SecretBytes readOwn(Path file) {
        try {
            OwnerOnly.refuseOthers(file, "the secret");
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
        return readFile(file);
    }

    /** Its permissions are systemd's business: the folder is the service's alone. */
    private static SecretBytes readCredential(
            Credential credential, Map<String, String> environment) {
        String folder = environment.get("CREDENTIALS_DIRECTORY");
        if (folder == null || folder.isEmpty()) {
            throw new SealRefused(
                    "The seal's secret is the systemd credential %s, but CREDENTIALS_DIRECTORY is not set: add 'LoadCredentialEncrypted=%s:…' to the unit."
                            .formatted(credential.name(), credential.name()));
        }
        return readFile(Path.of(folder).resolve(credential.name()));
    }

    private static SecretBytes readFile(Path file) {
        byte[] bytes = new byte[0];
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
            int length = lengthWithoutNewline(bytes);
            if (bytes.length > MAX_BYTES) {
                throw new SealRefused(
                        "The secret in %s has more than %d bytes; it must hold the secret and nothing else."
                                .formatted(file, MAX_BYTES));
            }
            if (length == 0) {
                throw new SealRefused(
                        "The file %s is empty; write the secret to it.".formatted(file));
            }
            return SecretBytes.owning(Arrays.copyOf(bytes, length));
        } catch (IOException failure) {
            throw unreadable(file, failure);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static int lengthWithoutNewline(byte[] bytes) {
        int length = bytes.length;
        if (length > 0 && bytes[length - 1] == '\n') {
            length--;
            if (length > 0 && bytes[length - 1] == '\r') {
                length--;
            }
        }
        return length;
    }

    private static SealRefused unreadable(Path file, IOException failure) {
        return failure instanceof NoSuchFileException
                ? new SealRefused("There is no file %s with the seal's secret.".formatted(file))
                : new SealRefused(
                        "The seal's secret in %s can't be read: %s."
                                .formatted(file, failure.getClass().getSimpleName()),
                        failure);
    }
}
