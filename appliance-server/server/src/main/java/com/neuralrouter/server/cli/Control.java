package com.neuralrouter.server.cli;

import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.bootstrap.SiteLock;
import com.neuralrouter.server.control.ControlAnswer;
import com.neuralrouter.server.control.ControlClient;
import com.neuralrouter.server.secret.SecretBytes;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.Map;

/** Speaks to the server of a site over its control socket. Throws {@link CommandFailed}. */
final class Control {
    private final SiteFolder site;
    private final ControlClient client;

    private Control(SiteFolder site) {
        this.site = site;
        this.client = new ControlClient(site.controlSocket());
    }

    /** Ends with exit code 3 if no server runs on the folder. */
    static Control of(SiteFolder site) throws IOException {
        if (!SiteLock.isTaken(site)) {
            throw new CommandFailed(ExitCode.UNREACHABLE, noServer(site));
        }
        return new Control(site);
    }

    /** Why nothing can be asked of the admin listener. */
    static String whyNotServing(SiteFolder site) {
        try {
            if (SiteLock.isTaken(site)) {
                return switch (of(site).state()) {
                    case "sealed" ->
                            "The server on %s is sealed; run 'neural-router unseal --site %s'."
                                    .formatted(site.root(), site.root());
                    default -> "The server on " + site.root() + " is starting; try again.";
                };
            }
        } catch (IOException | CommandFailed _) {
            // It has neither listener nor control socket: it may have ended just now.
        }
        return noServer(site);
    }

    String state() {
        return health().path("state").asString("");
    }

    JsonNode health() {
        try {
            return client.get("/health");
        } catch (IOException _) {
            throw unreachable();
        }
    }

    JsonNode post(String path, SecretBytes body) {
        try {
            return client.post(path, Map.of(), body);
        } catch (IOException _) {
            throw unreachable();
        }
    }

    /** The answer may be a secret; the caller closes it. */
    ControlAnswer post(String path, Map<String, String> query, SecretBytes body) {
        try {
            return client.send("POST", path, query, body);
        } catch (IOException _) {
            throw unreachable();
        }
    }

    private CommandFailed unreachable() {
        return new CommandFailed(
                ExitCode.UNREACHABLE,
                "The server on %s does not answer at %s; run the command as the appliance's user, and see its log."
                        .formatted(site.root(), site.controlSocket()));
    }

    private static String noServer(SiteFolder site) {
        return "No server runs on %s; start it with 'neural-router serve --site %s'."
                .formatted(site.root(), site.root());
    }
}
