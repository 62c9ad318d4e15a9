package com.neuralrouter.server.cli;

import com.neuralrouter.certs.ca.CertificateFolder;
import com.neuralrouter.certs.ca.KeyLock;
import com.neuralrouter.certs.ca.SiteCertificateAuthority;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.certificate.SiteCertificates;
import com.neuralrouter.server.secret.Vault;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/**
 * By which authority a command signs: that of a site, or one that is kept in a folder elsewhere.
 */
final class AuthorityOptions {
    @Option(
            names = "--site",
            paramLabel = "DIR",
            required = true,
            description = "The site's folder; its vault opens the authority's key.")
    private @Nullable Path site;

    @ArgGroup(exclusive = false)
    private @Nullable Elsewhere elsewhere;

    /** An authority made by {@code certs create}. */
    static final class Elsewhere {
        @Option(
                names = "--ca",
                paramLabel = "DIR",
                required = true,
                description = "A folder made by 'neural-router certs create'.")
        private @Nullable Path folder;

        @Option(
                names = "--ca-password-file",
                paramLabel = "FILE",
                required = true,
                description = "The file with the password of the authority's key.")
        private @Nullable Path password;
    }

    /** Opens it; picocli has made sure that one of the two was named. */
    SiteCertificateAuthority open(Clock clock) throws IOException {
        if (site != null) {
            try (KeyLock lock = siteLock(site, clock)) {
                return new CertificateFolder(new SiteFolder(site).certs()).authority(lock, clock);
            }
        }
        if (elsewhere == null || elsewhere.folder == null || elsewhere.password == null) {
            throw new IllegalStateException("picocli let a command through without an authority");
        }
        try (KeyLock lock = KeyLock.ofPassword(PasswordFile.read(elsewhere.password))) {
            return new CertificateFolder(elsewhere.folder).authority(lock, clock);
        }
    }

    static KeyLock siteLock(Path site, Clock clock) {
        try (Vault vault = VaultHere.open(new SiteFolder(site), Terminal.ofThisProcess(), clock)) {
            return SiteCertificates.lock(vault);
        }
    }
}
