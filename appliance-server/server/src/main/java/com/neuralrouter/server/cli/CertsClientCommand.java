package com.neuralrouter.server.cli;

import com.neuralrouter.certs.ca.ClientName;
import com.neuralrouter.certs.csr.CertificateRequest;
import com.neuralrouter.certs.trust.Fingerprints;
import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.server.id.Ids;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** {@code neural-router certs client}: a client certificate from a request. */
@Command(
        name = "client",
        header = "Issue a client certificate from a certificate request.",
        description = {
            "",
            "Certifies the key of a PKCS#10 request. What the request says of its subject is not"
                    + " taken over: you name the device.",
            "",
            "The certificate alone opens nothing: the admin listener serves enrolled devices only."
                    + " To enrol an administrator's device use 'neural-router enroll', which does"
                    + " both.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router certs client --ca ./pki --ca-password-file ./pki.password \\",
            "      --csr alice.csr --name 'Alice, laptop' --out alice.pem --days 30"
        },
        mixinStandardHelpOptions = true)
final class CertsClientCommand extends CertsCommand.Step {
    @ArgGroup(multiplicity = "1")
    private AuthorityOptions authority;

    @Option(
            names = "--csr",
            paramLabel = "FILE",
            required = true,
            description = "The request, PEM: EC on P-256 or P-384, Ed25519, or RSA from 2048 bits.")
    private Path request;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            required = true,
            description = "What the device is called.")
    private String name;

    @Option(
            names = "--installation",
            paramLabel = "UUID",
            description = "The appliance's installation id, if it is to stand in the certificate.")
    private UUID installation = new UUID(0, 0);

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "90",
            description = "How long it is good for. Default: ${DEFAULT-VALUE} days.")
    private int days;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description =
                    "Where to write the certificate and the issuing certificate, PEM. Must not be"
                            + " there yet.")
    private Path out;

    @SuppressWarnings("NullAway.Init") // Picocli sets what is required.
    CertsClientCommand() {}

    @Override
    void run() throws IOException {
        Clock clock = Clock.systemUTC();
        CertificateRequest wanted = CertificateRequest.read(Files.readString(request));
        ClientName client = new ClientName(name, installation, new Ids(clock).next());
        List<X509Certificate> chain =
                authority.open(clock).issueClient(wanted, client, Duration.ofDays(days));
        Files.writeString(
                out, Pem.write(chain), StandardCharsets.US_ASCII, StandardOpenOption.CREATE_NEW);
        out().println(
                        "Wrote "
                                + out
                                + ", good until "
                                + chain.getFirst().getNotAfter().toInstant()
                                + ".");
        out().println("Fingerprint: " + Fingerprints.of(chain.getFirst()));
    }
}
