package com.neuralrouter.server.store;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which database of which server, and by which role.
 *
 * @param host a name or an address; an IPv6 address in brackets
 */
public record PostgresAddress(String user, String host, int port, String database) {
    private static final String NAME = "[A-Za-z0-9_.-]{1,63}";
    private static final Pattern FORM =
            Pattern.compile(
                    "postgresql://(NAME)@(\\[[0-9a-fA-F:.]{2,45}]|[A-Za-z0-9.-]{1,253})(?::([0-9]{1,5}))?/(NAME)"
                            .replace("NAME", NAME));
    private static final int STANDARD_PORT = 5432;

    public PostgresAddress {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is outside 1..65535");
        }
    }

    /**
     * Reads {@code postgresql://USER@HOST:PORT/DATABASE}. Throws {@link IllegalArgumentException}
     * whose message does not repeat what was written: somebody may have written a password.
     */
    public static PostgresAddress parse(String written) {
        Matcher parts = FORM.matcher(written);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "is not of the form postgresql://USER@HOST:PORT/DATABASE, with letters, digits"
                            + " and _ . - in the names; a password goes into store.password-file");
        }
        int port = parts.group(3) == null ? STANDARD_PORT : Integer.parseInt(parts.group(3));
        return new PostgresAddress(parts.group(1), parts.group(2), port, parts.group(4));
    }

    /** Whether what is sent there stays on this machine, whatever its name resolves to. */
    public boolean loopback() {
        return host.equals("localhost")
                || host.equals("[::1]")
                || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    String server() {
        return host + ":" + port;
    }

    /** As sentences name it. */
    @Override
    public String toString() {
        return "database " + database + " on " + server();
    }
}
