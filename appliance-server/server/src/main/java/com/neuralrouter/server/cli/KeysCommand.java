package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.VaultStatus;
import com.neuralrouter.contract.VaultStatus.WorkspaceKey;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** {@code neural-router keys}: which keys the site has, and their rotation. */
@Command(
        name = "keys",
        header = "Show the site's keys, or rotate one.",
        description = {
            "",
            "The root key wraps the keys of the site and of its workspaces; a workspace's key"
                    + " seals its credentials. A rotation counts at once for all that is new; what"
                    + " was sealed before follows in the background while the appliance serves,"
                    + " and then the old key is destroyed. A rotation that a stop cut off goes on"
                    + " at the next start.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  neural-router keys --site /var/lib/neural-router",
            "  neural-router keys --site /var/lib/neural-router --rotate-root",
            "  neural-router keys --site /var/lib/neural-router --rotate-workspace research",
            "",
            "What happens next: 'pending' goes down to 0. Make a new backup of the keys then:"
                    + " the older ones open only older backups."
        },
        mixinStandardHelpOptions = true)
final class KeysCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @ArgGroup private @Nullable Rotate rotate;

    /** One of the two. */
    static final class Rotate {
        @Option(names = "--rotate-root", description = "Give the site another root key.")
        private boolean root;

        @Option(
                names = "--rotate-workspace",
                paramLabel = "NAME",
                description = "Give the workspace of that name another key.")
        private @Nullable String workspace;
    }

    KeysCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        try (var client = site.client()) {
            print(status(client));
            return ExitCode.OK;
        }
    }

    private VaultStatus status(AdminClient client) {
        VaultStatus before = client.get(AdminApi.VAULT, VaultStatus.class);
        if (rotate == null) {
            return before;
        }
        String path =
                rotate.root || rotate.workspace == null
                        ? AdminApi.VAULT_ROTATE
                        : AdminApi.WORKSPACES
                                + "/"
                                + named(before, rotate.workspace).workspaceId()
                                + AdminApi.ROTATE_KEY_OF_WORKSPACE;
        return client.post(path, VaultStatus.class);
    }

    private static WorkspaceKey named(VaultStatus status, String name) {
        return status.workspaces().stream()
                .filter(key -> key.workspace().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new CommandFailed("There is no workspace '" + name + "' with a key."));
    }

    private void print(VaultStatus status) {
        terminal.print(
                "seal         "
                        + status.seal()
                        + (status.sealChangeUnderWay()
                                ? ", a change was begun and not ended"
                                : ""));
        terminal.print(
                "root key     version %d, made %s, %s"
                        .formatted(
                                status.rootKeyVersion(),
                                status.rootKeyCreatedAt(),
                                older(status.olderRootKeys())));
        terminal.print("pending      " + status.pending());
        for (WorkspaceKey key : status.workspaces()) {
            terminal.print(
                    "workspace    %s: version %d, made %s, %s"
                            .formatted(
                                    key.workspace(),
                                    key.version(),
                                    key.createdAt(),
                                    older(key.olderVersions())));
        }
    }

    private static String older(int count) {
        return count == 0 ? "no older one in use" : count + " older in use";
    }
}
