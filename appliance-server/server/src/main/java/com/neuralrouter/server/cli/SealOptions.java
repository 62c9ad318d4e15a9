package com.neuralrouter.server.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.util.Map;
import java.util.TreeMap;

/** The options of a new seal, which {@code init} and {@code seal change} share. */
final class SealOptions {
    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            description =
                    "Where a passphrase, PIN or token comes from at each start: person,"
                            + " file:PATH or credential:NAME of systemd (default: person).")
    private @Nullable String source;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "For key-file: the new file, from the site (default: keys/seal.key).")
    private @Nullable String keyFile;

    @Option(names = "--threshold", paramLabel = "K", description = "For shares: so many open it.")
    private @Nullable String threshold;

    @Option(names = "--shares", paramLabel = "N", description = "For shares: so many are made.")
    private @Nullable String shares;

    @Option(
            names = "--library",
            paramLabel = "FILE",
            description = "For pkcs11: the path of the HSM's library.")
    private @Nullable String library;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "For pkcs11: label:NAME or slot:NUMBER.")
    private @Nullable String token;

    @Option(
            names = "--key",
            paramLabel = "NAME",
            description = "For pkcs11 the key's label, for transit its name.")
    private @Nullable String key;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "For transit: https://host:port of OpenBao or HashiCorp Vault.")
    private @Nullable String server;

    @Option(
            names = "--mount",
            paramLabel = "PATH",
            description = "For transit: where the engine is mounted (default: transit).")
    private @Nullable String mount;

    @Option(names = "--namespace", paramLabel = "PATH", description = "For transit: if it has one.")
    private @Nullable String namespace;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "For transit: the authorities to believe, PEM, from the site.")
    private @Nullable String authorities;

    /** What was chosen, named as the vault's file names it. */
    Map<String, String> chosen(String kind) {
        Map<String, String> chosen = new TreeMap<>();
        chosen.put("kind", kind);
        put(chosen, "source", source);
        put(chosen, "file", keyFile);
        put(chosen, "threshold", threshold);
        put(chosen, "shares", shares);
        put(chosen, "library", library);
        put(chosen, "token", token);
        put(chosen, "key", key);
        put(chosen, "server", server);
        put(chosen, "mount", mount);
        put(chosen, "namespace", namespace);
        put(chosen, "authorities", authorities);
        return chosen;
    }

    private static void put(Map<String, String> chosen, String name, @Nullable String value) {
        if (value != null) {
            chosen.put(name, value);
        }
    }
}
