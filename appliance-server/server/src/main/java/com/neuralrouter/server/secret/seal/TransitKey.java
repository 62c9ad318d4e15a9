package com.neuralrouter.server.secret.seal;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Where a key is in an OpenBao or HashiCorp Vault server.
 *
 * @param server {@code https://host:port}; {@code http} only to this machine itself
 * @param mount where the transit engine is mounted, {@code transit} as a rule
 * @param name the key's name
 * @param namespace empty for none
 * @param authorities a file with the certificates (PEM) of the authorities that are believed, a
 *     relative path from the site; empty for those that Java believes
 */
public record TransitKey(
        URI server, String mount, String name, String namespace, String authorities) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern PATH =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*){0,7}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    public TransitKey {
        boolean safe =
                "https".equals(server.getScheme())
                        || "http".equals(server.getScheme()) && LOOPBACK.contains(server.getHost());
        boolean bare =
                server.getHost() != null
                        && server.getRawUserInfo() == null
                        && server.getRawQuery() == null
                        && server.getRawFragment() == null
                        && "".equals(server.getRawPath());
        if (!safe || !bare) {
            throw new SealRefused(
                    "The transit server is named as https://host:port and nothing behind it (http"
                            + " only to this machine).");
        }
        check(PATH, mount, "mount");
        check(NAME, name, "key");
        if (!namespace.isEmpty()) {
            check(PATH, namespace, "namespace");
        }
    }

    static TransitKey of(SealRecord record) {
        URI server;
        try {
            server = URI.create(record.text("server"));
        } catch (IllegalArgumentException _) {
            throw new SealRefused(
                    "The vault file's transit seal names no server; restore keys/vault.json from"
                            + " the key backup.");
        }
        return new TransitKey(
                server,
                record.text("mount"),
                record.text("key"),
                record.optional("namespace").orElse(""),
                record.optional("authorities").orElse(""));
    }

    Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("server", server.toString());
        parameters.put("mount", mount);
        parameters.put("key", name);
        if (!namespace.isEmpty()) {
            parameters.put("namespace", namespace);
        }
        if (!authorities.isEmpty()) {
            parameters.put("authorities", authorities);
        }
        return parameters;
    }

    /** The operation's address; every part was checked to need no escaping. */
    URI at(String operation) {
        return server.resolve("/v1/" + mount + "/" + operation + "/" + name);
    }

    private static void check(Pattern pattern, String value, String what) {
        if (!pattern.matcher(value).matches()) {
            throw new SealRefused(
                    "The transit server's %s is made of letters, digits, '.', '_' and '-', not '%s'."
                            .formatted(what, value));
        }
    }
}
