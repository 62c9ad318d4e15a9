package com.neuralrouter.server.store;

import java.security.GeneralSecurityException;
import java.sql.SQLException;

import javax.net.ssl.SSLException;

/**
 * What it means for the operator that a PostgreSQL server can't be used. The server's own words are
 * left out: they may carry values.
 */
final class PostgresSentences {
    private final Postgres location;

    PostgresSentences(Postgres location) {
        this.location = location;
    }

    /** As sentences name the store after "The store in". */
    String place() {
        return "database " + location.address().database() + " on " + location.address().server();
    }

    StoreUnusable unusable(SQLException failure) {
        String state = failure.getSQLState() == null ? "none" : failure.getSQLState();
        return new StoreUnusable(
                "The store in " + place() + " can't be opened: " + because(failure, state) + ".");
    }

    private String because(SQLException failure, String state) {
        if (isAboutTls(failure)) {
            return "the server's certificate is not one for "
                    + location.address().host()
                    + " that the authority in store.ca-file issued";
        }
        return switch (state) {
            case "28P01", "28000" ->
                    "the server refuses the role "
                            + location.address().user()
                            + "; check "
                            + password()
                            + " and the server's pg_hba.conf";
            case "3D000" -> "the server has no such database";
            case "08004" ->
                    "the server refuses a connection of this kind; it may speak no TLS, or want a"
                            + " password where none is configured";
            case "08001", "08006" ->
                    "no server answers there, or it ended the connection; check the address and"
                            + " that it runs";
            case "53300" -> "the server has no connection left";
            case "57P03" -> "the server is starting or stopping";
            case "42501" ->
                    "the role "
                            + location.address().user()
                            + " may not make tables in the schema public; let it own the database";
            default -> "the server answers with state " + state;
        };
    }

    private String password() {
        return switch (location.password()) {
            case Postgres.PasswordFile file -> "the password in " + file.file();
            case Postgres.NoPassword _ -> "whether it needs a password (store.password-file)";
        };
    }

    /** The driver reports a wrong host name without a cause, and a wrong authority with one. */
    private static boolean isAboutTls(SQLException failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SSLException || at instanceof GeneralSecurityException) {
                return true;
            }
        }
        return String.valueOf(failure.getMessage()).contains("could not be verified");
    }

    StoreUnusable alreadyThere() {
        return new StoreUnusable(
                "There is a store in "
                        + place()
                        + " already; nothing was changed. Name a database that is empty.");
    }

    StoreUnusable absent() {
        return new StoreUnusable(
                "There is no store in "
                        + place()
                        + "; make a site with 'neural-router init', or name the right database.");
    }

    StoreUnusable foreign() {
        return new StoreUnusable(
                "The "
                        + place()
                        + " holds tables of something else; the store needs a database of its"
                        + " own.");
    }

    StoreUnusable noRoom(StoreFailure failure) {
        return new StoreUnusable(
                "No store can be restored in "
                        + place()
                        + ": the role "
                        + location.address().user()
                        + " may make no schema in it (state "
                        + failure.sqlState()
                        + "); let it own the database.");
    }

    StoreUnusable inUse() {
        return new StoreUnusable(
                "The store in "
                        + place()
                        + " is in use by another process; is the appliance running already, here"
                        + " or on another machine?");
    }

    StoreUnusable unfit(String why) {
        return new StoreUnusable("The store in " + place() + " can't be used: " + why + ".");
    }
}
