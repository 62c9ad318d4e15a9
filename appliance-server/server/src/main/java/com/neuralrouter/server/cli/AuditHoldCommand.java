package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.LegalHold;
import com.neuralrouter.contract.PlaceLegalHold;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;

/** {@code neural-router audit hold}: what keeps readable entries from being removed or erased. */
@Command(
        name = "hold",
        header = "List, place and lift legal holds on audit entries.",
        description = {
            "",
            "While a hold is on an entry it is neither removed when it is old enough"
                    + " (audit.keep) nor erased. Without an option the holds are listed.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  neural-router audit hold --site /var/lib/neural-router --place 'case 7' \\",
            "      --workspace legal --since 2026-01-01T00:00:00Z",
            "  neural-router audit hold --site /var/lib/neural-router --lift 0199c1d2-…"
        },
        mixinStandardHelpOptions = true)
final class AuditHoldCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Option(
            names = "--place",
            paramLabel = "NAME",
            description = "Place a hold that is called so. What is not said below does not matter.")
    private @Nullable String place;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "On entries from then on, as in 2026-11-29T08:00:00Z.")
    private @Nullable Instant since;

    @Option(names = "--until", paramLabel = "TIME", description = "On entries before then.")
    private @Nullable Instant until;

    @Option(
            names = "--workspace",
            paramLabel = "NAME",
            description = "On entries of that workspace.")
    private @Nullable String workspace;

    @Option(
            names = "--actor",
            paramLabel = "ID",
            description = "On entries of that actor, by the id that stands there.")
    private @Nullable String actor;

    @Option(names = "--lift", paramLabel = "ID", description = "Lift the hold with that id.")
    private @Nullable UUID lift;

    AuditHoldCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        if (place != null && lift != null) {
            throw new CommandFailed("Place one or lift one, not both at once.");
        }
        try (var client = site.client()) {
            if (place != null) {
                print(
                        client.post(
                                AdminApi.AUDIT_HOLDS,
                                new PlaceLegalHold(place, since, until, workspace, actor),
                                LegalHold.class));
            } else if (lift != null) {
                print(
                        client.post(
                                AdminApi.AUDIT_HOLDS + "/" + lift + AdminApi.LIFT,
                                LegalHold.class));
            } else {
                for (JsonNode each :
                        client.get(AdminApi.AUDIT_HOLDS, JsonNode.class).path("items")) {
                    print(JsonMapper.shared().treeToValue(each, LegalHold.class));
                }
            }
            return ExitCode.OK;
        }
    }

    private void print(LegalHold hold) {
        terminal.print(
                "%s  %s  %s  since=%s until=%s workspace=%s actor=%s"
                        .formatted(
                                hold.id(),
                                hold.liftedAt() == null ? "in force" : "lifted " + hold.liftedAt(),
                                hold.name(),
                                orAny(hold.since()),
                                orAny(hold.until()),
                                orAny(hold.workspace()),
                                orAny(hold.actor())));
    }

    private static String orAny(@Nullable Object value) {
        return value == null ? "any" : value.toString();
    }
}
