package com.neuralrouter.server.cli;

import com.neuralrouter.certs.csr.CertificateRequest;
import com.neuralrouter.certs.csr.DeviceKey;
import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.certs.trust.EnrolmentCode;
import com.neuralrouter.certs.trust.Fingerprints;
import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.certs.trust.PinnedTrust;
import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.EnrolDevice;
import com.neuralrouter.contract.EnrolledDevice;
import com.neuralrouter.contract.Role;
import com.neuralrouter.server.audit.peer.PeerFolder;
import com.neuralrouter.server.bootstrap.SiteFolder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.net.URI;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Callable;

/** {@code neural-router audit witness}: this appliance becomes the witness of another's log. */
@Command(
        name = "witness",
        header = "Let this appliance witness another site's audit log.",
        description = {
            "",
            "Enrols this appliance at the other one with a one-time code of role member. From then"
                    + " on it looks at the other's log each minute, demands that it continues what"
                    + " was seen, signs it, and raises an alarm where it does not.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  other$ neural-router enroll --name 'Witness in Basel' --role member",
            "  here$  neural-router audit witness --site /var/lib/neural-router \\",
            "             zurich.example.org --name zurich --code CODE",
            "",
            "What happens next: the running server begins within a minute, and says so in the"
                    + " audit trail (witness.begun)."
        },
        mixinStandardHelpOptions = true)
final class AuditWitnessCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Parameters(paramLabel = "HOST", description = "Where the other appliance is.")
    private String host = "";

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "What the other site is called here: letters, digits, '-'.")
    private String name = "";

    @Option(
            names = "--code",
            required = true,
            paramLabel = "CODE",
            description = "What 'neural-router enroll --role member' has printed there.")
    private String code = "";

    AuditWitnessCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        SiteFolder here = site.existing();
        if (!name.matches("[A-Za-z0-9-]{1,63}")) {
            throw new CommandFailed("The name has letters, digits and '-', at most 63.");
        }
        var folder = new PeerFolder(here.peers().resolve(name));
        if (Files.exists(folder.root())) {
            throw new CommandFailed(folder.root() + " is there already; take another name.");
        }
        switch (EnrolmentCode.read(code)) {
            case EnrolmentCode.Unreadable unreadable ->
                    throw new CommandFailed(unreadable.sentence());
            case EnrolmentCode.Readable readable -> join(folder, readable.code());
        }
        terminal.print("This appliance witnesses the audit log of " + name + ".");
        return ExitCode.OK;
    }

    private void join(PeerFolder folder, EnrolmentCode invited) {
        DeviceKey key = DeviceKey.generate();
        URI enrolment = URI.create("https://" + AdminClient.reachable(host) + ":" + invited.port());
        EnrolledDevice device;
        try (var client = AdminClient.to(enrolment, PinnedTrust.ofPin(invited.pin()).context())) {
            device =
                    client.post(
                            AdminApi.ENROL,
                            new EnrolDevice(invited.tokenText(), CertificateRequest.of(key).pem()),
                            EnrolledDevice.class);
        }
        if (device.role() != Role.MEMBER) {
            throw new CommandFailed(
                    "The code was for a device that may change things there. Revoke it, and ask"
                            + " for one of role member.");
        }
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        char[] password = Base64.getUrlEncoder().encodeToString(random).toCharArray();
        try {
            X509Certificate root = Pem.certificate(device.rootCertificate());
            if (!MessageDigest.isEqual(invited.pin(), Fingerprints.pin(root))) {
                throw new CommandFailed("What answered there is not the site of the code.");
            }
            URI admin =
                    URI.create("https://" + AdminClient.reachable(host) + ":" + device.adminPort());
            folder.join(
                    admin, root, key.with(Pem.certificates(device.certificateChain())), password);
        } catch (CertificateProblem problem) {
            throw new CommandFailed("The other appliance's answer can't be used.");
        } finally {
            Arrays.fill(password, '\0');
        }
    }
}
