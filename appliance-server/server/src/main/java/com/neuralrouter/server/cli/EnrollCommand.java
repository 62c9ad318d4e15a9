package com.neuralrouter.server.cli;

import com.neuralrouter.certs.csr.CertificateRequest;
import com.neuralrouter.certs.trust.EnrolmentCode;
import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.certs.trust.PinnedTrust;
import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.CreatedInvitation;
import com.neuralrouter.contract.EnrolDevice;
import com.neuralrouter.contract.EnrolledDevice;
import com.neuralrouter.contract.Role;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;

/**
 * {@code neural-router enroll}: a one-time code with which one desktop can be enrolled, or the
 * certificate of a program that has made its own key.
 */
@Command(
        name = "enroll",
        header = "Make a one-time code that lets one administrator's desktop in.",
        description = {
            "",
            "The desktop makes its own key; the code proves to it that it talks to this appliance,"
                    + " and to the appliance that it was invited. It works once, for a short time."
                    + " Hand it over in a way that others can't read.",
            "",
            "Roles: owner may do everything, also decide who administers; admin runs the site;"
                    + " member looks and changes nothing.",
            "",
            "A program that is no desktop, as one that watches the appliance, makes its key and a"
                    + " certificate request itself: with --csr it is enrolled at once, and no code"
                    + " is shown.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router enroll --site /var/lib/neural-router --name \"Ada's laptop\" \\",
            "      --role admin",
            "  neural-router enroll --site /var/lib/neural-router --name prometheus \\",
            "      --role member --csr prometheus.csr --out prometheus.pem",
            "",
            "What happens next: in the desktop, enter this appliance's address and the code. It"
                    + " then is in 'Devices', where it can be revoked."
        },
        mixinStandardHelpOptions = true)
final class EnrollCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "What the device is called in the list of devices.")
    private String name = "";

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            description = "One of: owner, admin, member.")
    private Role role = Role.MEMBER;

    @Option(
            names = "--person",
            paramLabel = "NAME",
            description =
                    "Who will have it, if the device is not called so: the devices of one person"
                            + " count as one when a change needs a second person.")
    private @Nullable String person;

    @ArgGroup(exclusive = false)
    private @Nullable Program program;

    /** What has a key already. */
    static final class Program {
        @Option(
                names = "--csr",
                required = true,
                paramLabel = "FILE",
                description =
                        "The certificate request of a program's key (PKCS#10, PEM): EC on P-256 or"
                                + " P-384, Ed25519, or RSA from 2048 bits.")
        private @Nullable Path request;

        @Option(
                names = "--out",
                required = true,
                paramLabel = "FILE",
                description =
                        "Where to write its certificate and the issuing certificate, PEM. Must not"
                                + " be there yet.")
        private @Nullable Path out;
    }

    EnrollCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() throws IOException {
        if (program != null) {
            enrol(
                    Objects.requireNonNull(program.request, "--csr"),
                    Objects.requireNonNull(program.out, "--out"));
            return ExitCode.OK;
        }
        try (var client = site.client()) {
            CreatedInvitation invitation = invite(client);
            terminal.print(invitation.code());
            terminal.err()
                    .println(
                            "The code enrols '%s' as %s, once, until %s."
                                    .formatted(
                                            invitation.name(),
                                            invitation.role().name().toLowerCase(Locale.ROOT),
                                            invitation.expiresAt()));
            return ExitCode.OK;
        }
    }

    private CreatedInvitation invite(AdminClient client) {
        return client.post(
                AdminApi.INVITATIONS,
                new CreateInvitation(name, role, person),
                CreatedInvitation.class);
    }

    /** What can be wrong with the files is found before anybody is invited. */
    private void enrol(Path request, Path out) throws IOException {
        String csr = Files.readString(request);
        CertificateRequest.read(csr);
        Files.createFile(out);
        EnrolledDevice device;
        try {
            device = enrolled(csr);
        } catch (RuntimeException refused) {
            Files.delete(out);
            throw refused;
        }
        Files.writeString(out, device.certificateChain(), StandardCharsets.US_ASCII);
        terminal.print(
                "'%s' is enrolled as %s until %s; its certificate is in %s."
                        .formatted(
                                device.name(),
                                device.role().name().toLowerCase(Locale.ROOT),
                                Pem.certificates(device.certificateChain())
                                        .getFirst()
                                        .getNotAfter()
                                        .toInstant(),
                                out));
    }

    private EnrolledDevice enrolled(String csr) {
        try (var client = site.client()) {
            EnrolmentCode code = code(invite(client));
            try (var here =
                    AdminClient.to(enrolment(code), PinnedTrust.ofPin(code.pin()).context())) {
                return here.post(
                        AdminApi.ENROL,
                        new EnrolDevice(code.tokenText(), csr),
                        EnrolledDevice.class);
            }
        }
    }

    private static EnrolmentCode code(CreatedInvitation invitation) {
        return switch (EnrolmentCode.read(invitation.code())) {
            case EnrolmentCode.Readable readable -> readable.code();
            case EnrolmentCode.Unreadable unreadable ->
                    throw new CommandFailed(unreadable.sentence());
        };
    }

    private URI enrolment(EnrolmentCode code) {
        String bound = SiteOption.config(site.existing()).listeners().enrolment().host();
        return URI.create("https://" + AdminClient.reachable(bound) + ":" + code.port());
    }
}
