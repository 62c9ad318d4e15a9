package com.neuralrouter.server.cli;

import com.neuralrouter.certs.ca.KeyLock;
import com.neuralrouter.certs.ca.ServerName;
import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.certs.trust.PrivateFile;
import com.neuralrouter.certs.trust.TlsIdentity;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** {@code neural-router certs server}: a key and a certificate for another server of the site. */
@Command(
        name = "server",
        header = "Make a key and a certificate for a server.",
        description = {
            "",
            "For another server of the site, such as a model server that the appliance is to reach"
                    + " over TLS. The key is on P-256; the certificate is good for 397 days.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router certs server --site /var/lib/neural-router \\",
            "      --host vllm.example.org --out vllm.pem --password-file vllm.password"
        },
        mixinStandardHelpOptions = true)
final class CertsServerCommand extends CertsCommand.Step {
    @ArgGroup(multiplicity = "1")
    private AuthorityOptions authority;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            required = true,
            split = ",",
            description = "A host name or address by which it is reached. Repeatable.")
    private List<String> hosts;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description =
                    "Where to write: PKCS#12 if it ends in .p12, else PEM with the encrypted key,"
                        + " the certificate and the issuing certificate. Must not be there yet.")
    private Path out;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            required = true,
            description = "The file with the password to encrypt the key with.")
    private Path password;

    @SuppressWarnings("NullAway.Init") // Picocli sets what is required.
    CertsServerCommand() {}

    @Override
    void run() throws IOException {
        char[] secret = PasswordFile.read(password);
        TlsIdentity server =
                authority
                        .open(Clock.systemUTC())
                        .issueServer(hosts.stream().map(ServerName::new).toList());
        PrivateFile.create(
                out,
                out.toString().endsWith(".p12") ? server.toPkcs12(secret) : pem(server, secret));
        out().println(
                        "Wrote "
                                + out
                                + ", good until "
                                + server.leaf().getNotAfter().toInstant()
                                + ".");
    }

    private static byte[] pem(TlsIdentity server, char[] secret) {
        try (KeyLock lock = KeyLock.ofPassword(secret)) {
            String text = lock.lock(server.key()) + Pem.write(server.chain());
            return text.getBytes(StandardCharsets.US_ASCII);
        }
    }
}
