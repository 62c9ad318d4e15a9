package com.neuralrouter.server.cli;

import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.certs.trust.Fingerprints;
import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.certs.trust.TlsIdentity;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** {@code neural-router certs show}: what a file's certificates say. */
@Command(
        name = "show",
        header = "Show what certificates say.",
        description = {
            "",
            "Shows each certificate of a file: whom it names, who signed it, how long it is good"
                    + " and the fingerprint of its key, by which the appliance knows devices. No"
                    + " private key is shown.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router certs show /var/lib/neural-router/certs/root.pem"
        },
        mixinStandardHelpOptions = true)
final class CertsShowCommand extends CertsCommand.Step {
    @Parameters(paramLabel = "FILE", description = "PEM, or PKCS#12 together with --password-file.")
    private Path file;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "The file with the password of the PKCS#12.")
    private @Nullable Path password;

    @SuppressWarnings("NullAway.Init") // Picocli sets what is required.
    CertsShowCommand() {}

    @Override
    void run() throws IOException {
        Instant now = Clock.systemUTC().instant();
        for (X509Certificate certificate : certificates()) {
            show(certificate, now, out());
        }
    }

    private List<X509Certificate> certificates() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (password != null) {
            return TlsIdentity.ofPkcs12(bytes, PasswordFile.read(password)).chain();
        }
        List<X509Certificate> found =
                Pem.blocks(new String(bytes, StandardCharsets.ISO_8859_1)).stream()
                        .filter(block -> block.label().equals(Pem.CERTIFICATE))
                        .map(block -> Pem.certificate(block.der()))
                        .toList();
        if (found.isEmpty()) {
            throw new CertificateProblem(
                    file + " holds no PEM certificate; a PKCS#12 file needs --password-file.");
        }
        return found;
    }

    private static void show(X509Certificate certificate, Instant now, PrintWriter out) {
        out.println("subject      " + certificate.getSubjectX500Principal());
        out.println("issuer       " + certificate.getIssuerX500Principal());
        out.println("serial       " + certificate.getSerialNumber().toString(16));
        out.println("names        " + names(certificate));
        out.println("valid from   " + certificate.getNotBefore().toInstant());
        out.println("valid until  " + until(certificate.getNotAfter().toInstant(), now));
        out.println("key          " + certificate.getPublicKey().getAlgorithm());
        out.println("fingerprint  " + Fingerprints.of(certificate));
        out.println();
    }

    private static String until(Instant end, Instant now) {
        return end.isBefore(now)
                ? end + " (expired)"
                : end + " (" + Duration.between(now, end).toDays() + " days left)";
    }

    private static String names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? "none"
                    : names.stream()
                            .map(entry -> String.valueOf(entry.get(1)))
                            .collect(Collectors.joining(", "));
        } catch (CertificateParsingException e) {
            throw new CertificateProblem("The certificate's names cannot be read.", e);
        }
    }
}
