package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.CreatedInvitation;
import com.neuralrouter.contract.Role;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code neural-router enroll}: a one-time code with which one desktop can be enrolled. */
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
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router enroll --site /var/lib/neural-router --name \"Ada's laptop\" \\",
            "      --role admin",
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

    EnrollCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        try (var client = site.client()) {
            CreatedInvitation invitation =
                    client.post(
                            AdminApi.INVITATIONS,
                            new CreateInvitation(name, role, person),
                            CreatedInvitation.class);
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
}
