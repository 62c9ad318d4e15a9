package com.neuralrouter.server.cli;

import com.neuralrouter.certs.ca.CertificateFolder;
import com.neuralrouter.certs.ca.KeyLock;
import com.neuralrouter.certs.ca.SiteCertificateAuthority;
import com.neuralrouter.certs.trust.Fingerprints;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** {@code neural-router certs create}: a certificate authority in a folder of its own. */
@Command(
        name = "create",
        header = "Make a certificate authority in a folder.",
        description = {
            "",
            "Makes a root (P-384, 10 years) and an issuing authority (P-384, 5 years). A site that"
                    + " was made by 'neural-router init' has its own already; this is for a PKI on"
                    + " another machine.",
            ""
        },
        footer = {
            "",
            "Written to DIR:",
            "  root.pem      the root certificate: give it to everybody",
            "  root.key      its key, needed once in five years: take it off this machine",
            "  issuing.pem   the issuing authority's key and certificate",
            "",
            "Example:",
            "  neural-router certs create ./pki --name 'St. Anna' \\",
            "      --password-file ./pki.password"
        },
        mixinStandardHelpOptions = true)
final class CertsCreateCommand extends CertsCommand.Step {
    @Parameters(paramLabel = "DIR", description = "The folder; made if it is not there.")
    private Path folder;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            required = true,
            description = "The site's name, as it is to stand in its certificates.")
    private String name;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            required = true,
            description = "The file with the password to encrypt the keys with.")
    private Path password;

    @SuppressWarnings("NullAway.Init") // Picocli sets what is required.
    CertsCreateCommand() {}

    @Override
    void run() throws IOException {
        try (KeyLock lock = KeyLock.ofPassword(PasswordFile.read(password))) {
            var created = SiteCertificateAuthority.create(name, Clock.systemUTC());
            new CertificateFolder(folder).save(created, lock);
            out().println("Made the authority in " + folder.toAbsolutePath() + ".");
            out().println("Root fingerprint: " + Fingerprints.of(created.root().leaf()));
        }
    }
}
