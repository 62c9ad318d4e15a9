package com.neuralrouter.server.store;

import java.nio.file.Path;

/**
 * A store in a database of a PostgreSQL server, which runs and is backed up apart from the
 * appliance. An instance that exists can't send anything in the clear over a network, and says how
 * the server's volume is encrypted: the server's files are not ours to encrypt (ADR 0019).
 *
 * @param volume what the site attests; never measured by the appliance
 */
public record Postgres(
        PostgresAddress address, Password password, Trust trust, VolumeEncryption volume)
        implements StoreLocation.OfSite {

    public Postgres {
        if (trust instanceof ThisMachine && !address.loopback()) {
            throw new IllegalArgumentException(
                    "the database server "
                            + address.host()
                            + " is reached over a network, so its certificate must be checked: name"
                            + " the authority that issued it in store.ca-file");
        }
    }

    /** How the appliance proves to the server who it is. */
    public sealed interface Password permits PasswordFile, NoPassword {}

    /** A file that holds the password, read anew for each connection. */
    public record PasswordFile(Path file) implements Password {}

    /** The server asks for none: it knows the account by other means. */
    public record NoPassword() implements Password {}

    /** How the appliance knows that it speaks to the right server. */
    public sealed interface Trust permits Authority, ThisMachine {}

    /**
     * TLS with a certificate for the server's host name, issued by the authority in the PEM file.
     */
    public record Authority(Path file) implements Trust {}

    /** No TLS: the bytes never leave this machine. */
    public record ThisMachine() implements Trust {}
}
