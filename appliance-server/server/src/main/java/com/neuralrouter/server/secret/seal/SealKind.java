package com.neuralrouter.server.secret.seal;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What keeps the root key shut, and which parameters the vault file keeps for it. */
public enum SealKind {
    KEY_FILE("key-file", Set.of("file", "check"), Set.of()),
    PASSPHRASE(
            "passphrase",
            Set.of("salt", "memory-kib", "iterations", "lanes", "source", "check"),
            Set.of()),
    SHARES("shares", Set.of("set", "threshold", "shares", "check"), Set.of()),
    PKCS11("pkcs11", Set.of("library", "token", "key", "source", "check"), Set.of()),
    TRANSIT(
            "transit",
            Set.of("server", "mount", "key", "source", "check"),
            Set.of("namespace", "authorities"));

    private final String text;
    private final Set<String> required;
    private final Set<String> optional;

    SealKind(String text, Set<String> required, Set<String> optional) {
        this.text = text;
        this.required = required;
        this.optional = optional;
    }

    /** As it is written in the vault file and on the command line. */
    public String text() {
        return text;
    }

    public static Optional<SealKind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }

    boolean has(Set<String> parameters) {
        return parameters.containsAll(required)
                && parameters.stream()
                        .allMatch(name -> required.contains(name) || optional.contains(name));
    }
}
