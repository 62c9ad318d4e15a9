package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.DeleteWorkspace;
import com.neuralrouter.contract.DeletedWorkspace;
import com.neuralrouter.contract.VaultStatus;
import com.neuralrouter.server.bootstrap.SiteFolder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** {@code neural-router delete-workspace}: deletes a workspace and destroys its keys. */
@Command(
        name = "delete-workspace",
        header = "Delete a workspace for good, and destroy its keys.",
        description = {
            "",
            "Deletes the workspace, its API keys, its credentials and its policy, and destroys its"
                    + " keys: what was sealed for it can't be opened any more, in older backups of"
                    + " the data either. The audit trail and the records of its requests stay; they"
                    + " hold no content. To close a workspace for a while, suspend it instead.",
            "",
            "Older backups of the keys still hold its keys: they are gone for good when the last of"
                    + " those is deleted. A new one without them is made at once, and the command"
                    + " says when the last of the older ones expires.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router delete-workspace research --confirm research --site DIR"
        },
        mixinStandardHelpOptions = true)
final class DeleteWorkspaceCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Parameters(paramLabel = "NAME", description = "The workspace's name.")
    private String name = "";

    @Option(
            names = "--confirm",
            required = true,
            paramLabel = "NAME",
            description = "The same name once more.")
    private String confirm = "";

    DeleteWorkspaceCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        SiteFolder folder = site.existing();
        if (!confirm.equals(name)) {
            throw new CommandFailed(
                    "--confirm says '"
                            + confirm
                            + "' and not '"
                            + name
                            + "'; nothing was deleted.");
        }
        try (var client = AdminClient.of(folder)) {
            VaultStatus.WorkspaceKey key =
                    client.get(AdminApi.VAULT, VaultStatus.class).workspaces().stream()
                            .filter(each -> each.workspace().equals(name))
                            .findFirst()
                            .orElseThrow(() ->
                                    new CommandFailed("There is no workspace '" + name + "'."));
            DeletedWorkspace deleted =
                    client.post(
                            AdminApi.WORKSPACES
                                    + "/"
                                    + key.workspaceId()
                                    + AdminApi.DELETE_WORKSPACE,
                            new DeleteWorkspace(name),
                            DeletedWorkspace.class);
            terminal.print("The workspace " + name + " is deleted and its keys are destroyed.");
            terminal.print(backups(deleted));
            return ExitCode.OK;
        }
    }

    private static String backups(DeletedWorkspace deleted) {
        return deleted.keysInBackupsUntil() == null
                ? "No backup of the keys in the site's folder holds them."
                : "A backup of the keys without them is being made; the last one that holds them"
                        + " expires at "
                        + deleted.keysInBackupsUntil()
                        + ".";
    }
}
