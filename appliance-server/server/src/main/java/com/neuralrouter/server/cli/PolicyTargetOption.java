package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.WorkspaceId;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whose policy a command is about, by names. Owned by its command. */
final class PolicyTargetOption {
    @Option(
            names = "--workspace",
            paramLabel = "NAME",
            description = "The policy of that workspace; without it, the site's own.")
    private @Nullable String workspace;

    @Option(
            names = "--key",
            paramLabel = "NAME",
            description = "The policy of that API key of the workspace.")
    private @Nullable String key;

    @Nullable String workspace() {
        return workspace;
    }

    /** Throws {@link CommandFailed} when there is none of that name. */
    PolicyTarget resolve(AdminClient client) {
        if (workspace == null) {
            if (key != null) {
                throw new CommandFailed("Say with --workspace whose API key it is.");
            }
            return PolicyTarget.SITE;
        }
        WorkspaceId id =
                find(client, AdminApi.WORKSPACES, workspace, "")
                        .map(WorkspaceId::of)
                        .orElseThrow(() ->
                                new CommandFailed("There is no workspace '" + workspace + "'."));
        if (key == null) {
            return PolicyTarget.of(id);
        }
        String keys = AdminApi.WORKSPACES + "/" + id + AdminApi.API_KEYS_OF_WORKSPACE;
        return find(client, keys, key, "ACTIVE")
                .map(found -> PolicyTarget.of(ApiKeyId.of(found)))
                .orElseThrow(() ->
                        new CommandFailed("The workspace has no active API key '" + key + "'."));
    }

    /**
     * As the query of a path that is about it.
     *
     * @param more what else the query says, as in {@code from=3}
     */
    static String query(PolicyTarget target, String... more) {
        var parts = new ArrayList<>(List.of(more));
        if (target.apiKey() != null) {
            parts.add("apiKey=" + target.apiKey());
        } else if (target.workspace() != null) {
            parts.add("workspace=" + target.workspace());
        }
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static Optional<String> find(
            AdminClient client, String path, String name, String state) {
        String cursor = "";
        while (true) {
            JsonNode page =
                    client.get(path + "?limit=" + AdminApi.MAX_LIMIT + cursor, JsonNode.class);
            for (JsonNode item : page.path("items")) {
                if (item.path("name").asString("").equals(name)
                        && item.path("state").asString("").contains(state)) {
                    return Optional.of(item.path("id").asString(""));
                }
            }
            String next = page.path("nextCursor").asString("");
            if (next.isEmpty()) {
                return Optional.empty();
            }
            cursor = "&cursor=" + next;
        }
    }
}
