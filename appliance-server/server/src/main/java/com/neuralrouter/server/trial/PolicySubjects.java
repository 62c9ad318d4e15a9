package com.neuralrouter.server.trial;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.Approval.Owner;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.apikey.ApiKeyStore;
import com.neuralrouter.server.apikey.StoredApiKey;
import com.neuralrouter.server.store.Tx;
import com.neuralrouter.server.workspace.WorkspaceStore;

import java.util.Optional;

/** Finds whose policy is meant. No state; safe for all threads. */
public final class PolicySubjects {
    private final WorkspaceStore workspaces;
    private final ApiKeyStore apiKeys;

    public PolicySubjects(WorkspaceStore workspaces, ApiKeyStore apiKeys) {
        this.workspaces = workspaces;
        this.apiKeys = apiKeys;
    }

    /** Whose policy it is. */
    sealed interface Subject {
        /** In words, as in {@code the policy of the workspace research}. */
        String words();

        record OfSite() implements Subject {
            @Override
            public String words() {
                return "the policy of the site";
            }
        }

        record OfWorkspace(Workspace workspace) implements Subject {
            @Override
            public String words() {
                return "the policy of the workspace " + workspace.name();
            }
        }

        record OfKey(StoredApiKey key, Workspace workspace) implements Subject {
            @Override
            public String words() {
                return "the policy of the API key " + key.name() + " of " + workspace.name();
            }
        }
    }

    /** Throws {@link AdminRefused} when there is none of that id. */
    Subject of(Tx tx, PolicyTarget target) {
        ApiKeyId key = target.apiKey();
        WorkspaceId workspace = target.workspace();
        if (key != null && workspace != null) {
            throw AdminRefused.field("target", "names a workspace and an API key; name one");
        }
        if (key != null) {
            StoredApiKey found =
                    apiKeys.find(tx, key).orElseThrow(() -> AdminRefused.notFound("API key", key));
            return new Subject.OfKey(found, workspaces.find(tx, found.workspaceId()).orElseThrow());
        }
        if (workspace != null) {
            return new Subject.OfWorkspace(
                    workspaces
                            .find(tx, workspace)
                            .orElseThrow(() -> AdminRefused.notFound("workspace", workspace)));
        }
        return new Subject.OfSite();
    }

    /** What it is called; empty for the site, and for what is gone. */
    Optional<Owner> owner(Tx tx, PolicyTarget target) {
        ApiKeyId key = target.apiKey();
        if (key != null) {
            return apiKeys.find(tx, key)
                    .flatMap(found ->
                            workspaces
                                    .find(tx, found.workspaceId())
                                    .map(its -> new Owner(its.name(), found.name())));
        }
        return Optional.ofNullable(target.workspace())
                .flatMap(id -> workspaces.find(tx, id))
                .map(found -> new Owner(found.name(), null));
    }
}
