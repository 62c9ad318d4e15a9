package com.neuralrouter.server.secret.seal;

import com.neuralrouter.server.secret.SecretBytes;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads which seal somebody chose, on the command line or over the control socket: {@code kind} and
 * its parameters, named as the vault file names them. Throws {@link SealRefused} for what a kind
 * does not have.
 */
public final class SealChoice {
    private static final Map<SealKind, Set<String>> NAMES =
            Map.of(
                    SealKind.KEY_FILE, Set.of("file"),
                    SealKind.PASSPHRASE, Set.of("source"),
                    SealKind.SHARES, Set.of("threshold", "shares"),
                    SealKind.PKCS11, Set.of("library", "token", "key", "source"),
                    SealKind.TRANSIT,
                            Set.of("server", "mount", "key", "namespace", "authorities", "source"));

    private final SealKind kind;
    private final Map<String, String> values;

    private SealChoice(SealKind kind, Map<String, String> values) {
        this.kind = kind;
        this.values = values;
    }

    /** The seal that was chosen. */
    public static SealSpec of(Map<String, String> chosen) {
        Map<String, String> values = new TreeMap<>(chosen);
        String text = values.remove("kind");
        SealKind kind =
                SealKind.of(text == null ? "" : text)
                        .orElseThrow(() ->
                                new SealRefused(
                                        "A seal is one of key-file, passphrase, shares, pkcs11 and"
                                                + " transit."));
        for (String name : values.keySet()) {
            if (!NAMES.getOrDefault(kind, Set.of()).contains(name)) {
                throw new SealRefused(
                        "A seal of the kind %s has no '%s'.".formatted(kind.text(), name));
            }
        }
        return new SealChoice(kind, values).spec();
    }

    /** What opens a seal of that kind when a person gives it; empty for shares and a key file. */
    public static SealMaterial material(SealKind kind, SecretBytes given) {
        return switch (kind) {
            case PASSPHRASE -> new SealMaterial.Passphrase(given);
            case PKCS11 -> new SealMaterial.Pin(given);
            case TRANSIT -> new SealMaterial.Token(given);
            case KEY_FILE, SHARES -> new SealMaterial.Nothing();
        };
    }

    private SealSpec spec() {
        return switch (kind) {
            case KEY_FILE -> new SealSpec.KeyFile(path("file", "keys/seal.key"));
            case PASSPHRASE -> new SealSpec.Passphrase(source(), Argon2Cost.RECOMMENDED);
            case SHARES -> new SealSpec.Shares(number("threshold"), number("shares"));
            case PKCS11 ->
                    new SealSpec.Pkcs11(
                            new Pkcs11Key(path("library", ""), needed("token"), needed("key")),
                            source());
            case TRANSIT -> new SealSpec.Transit(transit(), source());
        };
    }

    private TransitKey transit() {
        try {
            return new TransitKey(
                    URI.create(needed("server")),
                    values.getOrDefault("mount", "transit"),
                    needed("key"),
                    values.getOrDefault("namespace", ""),
                    values.getOrDefault("authorities", ""));
        } catch (IllegalArgumentException _) {
            throw new SealRefused("The transit server is named as https://host:port.");
        }
    }

    private SecretSource source() {
        return SecretSource.of(values.getOrDefault("source", "person"));
    }

    private String needed(String name) {
        String value = values.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new SealRefused("A seal of the kind %s needs '%s'.".formatted(kind.text(), name));
        }
        return value;
    }

    private Path path(String name, String otherwise) {
        try {
            return Path.of(
                    otherwise.isEmpty() ? needed(name) : values.getOrDefault(name, otherwise));
        } catch (InvalidPathException _) {
            throw new SealRefused("The seal's '%s' is no path.".formatted(name));
        }
    }

    private int number(String name) {
        String value = needed(name);
        if (!value.matches("[0-9]{1,4}")) {
            throw new SealRefused("The seal's '%s' is a number.".formatted(name));
        }
        return Integer.parseInt(value);
    }
}
