package com.neuralrouter.server.secret.seal;

import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the vault file keeps of a seal: its kind and the public values with which it is opened
 * again, in alphabetical order. Never a secret; the {@code check} tells the right key from a wrong
 * one before anything is unwrapped, and nothing about it.
 *
 * <p>The constructor throws {@link SealRefused} for parameters that the kind does not have: they
 * come from a file that somebody may have edited.
 */
public record SealRecord(SealKind kind, Map<String, String> parameters) {
    private static final int MAX_VALUE = 1024;

    public SealRecord {
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
        if (!kind.has(parameters.keySet())) {
            throw new SealRefused(
                    "The vault file's seal of kind %s has the parameters %s, which is not what this kind has; restore keys/vault.json from the key backup."
                            .formatted(kind.text(), parameters.keySet()));
        }
        parameters.forEach((name, value) -> {
            if (value.isEmpty()
                    || value.length() > MAX_VALUE
                    || value.chars().anyMatch(Character::isISOControl)) {
                throw new SealRefused(
                        "The seal's parameter %s is empty, longer than %d characters or has control characters in it."
                                .formatted(name, MAX_VALUE));
            }
        });
    }

    /** One of the kind's required parameters. */
    String text(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalStateException("the kind " + kind + " has no parameter " + name);
        }
        return value;
    }

    Optional<String> optional(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    int number(String name) {
        try {
            return Integer.parseInt(text(name));
        } catch (NumberFormatException _) {
            throw notReadable(name, "a number");
        }
    }

    byte[] bytes(String name) {
        try {
            return HexFormat.of().parseHex(text(name));
        } catch (IllegalArgumentException _) {
            throw notReadable(name, "hexadecimal");
        }
    }

    private SealRefused notReadable(String name, String expected) {
        return new SealRefused(
                "The parameter %s of the vault file's %s seal is not %s; restore keys/vault.json from the key backup."
                        .formatted(name, kind.text(), expected));
    }
}
