package com.neuralrouter.desktop.client;

import java.io.IOException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Locale;

import javax.net.ssl.SSLException;

/**
 * Tells what an exception of {@code java.net.http} means to a person. The JDK has no types for most
 * of it, so its words are read; {@code HttpAdminClientTest} shows that they are still the same.
 */
final class Failures {
    /** A chain of causes longer than this is a loop. */
    private static final int DEPTH = 12;

    private Failures() {}

    static Trouble of(IOException e, Address address) {
        var where = address.toString();
        for (Throwable each = e; each != null; each = each.getCause()) {
            var said = each.getMessage() == null ? "" : each.getMessage();
            if (each instanceof CertificateException
                    || each instanceof CertPathValidatorException) {
                return said.contains("subject alternative") || said.contains("No name matching")
                        ? new Trouble.ServerNameMismatch(where, said)
                        : new Trouble.ServerNotTrusted(where, deepest(e));
            }
            // TLS 1.3 tells the client only at its first read that its certificate was refused.
            if (each instanceof SSLException
                    && said.toLowerCase(Locale.ROOT).contains("received fatal alert")) {
                return new Trouble.CertificateRefused(where, said);
            }
        }
        return new Trouble.Unreachable(where, deepest(e));
    }

    private static String deepest(Throwable e) {
        Throwable last = e;
        for (int i = 0; i < DEPTH && last.getCause() != null; i++) {
            last = last.getCause();
        }
        var said = last.getMessage();
        return said == null ? last.getClass().getSimpleName() : said;
    }
}
