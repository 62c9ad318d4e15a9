package com.neuralrouter.server.site;

import com.neuralrouter.contract.ApiKeyDocument;
import com.neuralrouter.contract.CredentialDocument;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.WorkspaceDocument;
import com.neuralrouter.contract.SitePlan.Action;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.site.SiteChange.CreateApiKey;
import com.neuralrouter.server.site.SiteChange.CreateProvider;
import com.neuralrouter.server.site.SiteChange.CreateRoute;
import com.neuralrouter.server.site.SiteChange.CreateWorkspace;
import com.neuralrouter.server.site.SiteChange.Keep;
import com.neuralrouter.server.site.SiteChange.RemoveCredential;
import com.neuralrouter.server.site.SiteChange.RemoveProvider;
import com.neuralrouter.server.site.SiteChange.RemoveRoute;
import com.neuralrouter.server.site.SiteChange.RevokeApiKeys;
import com.neuralrouter.server.site.SiteChange.SetCredential;
import com.neuralrouter.server.site.SiteChange.SetPolicy;
import com.neuralrouter.server.site.SiteChange.UpdateApiKeys;
import com.neuralrouter.server.site.SiteChange.UpdateProvider;
import com.neuralrouter.server.site.SiteChange.UpdateRoute;
import com.neuralrouter.server.site.SiteChange.UpdateWorkspace;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Finds what has to change for a site to be what a document says: a pure function. The order of the
 * changes is the one in which they can be made: what is taken away comes before what takes its
 * place, and a provider goes after the routes that led to it.
 *
 * <p>What the document does not name is left as it is, or taken away; a workspace is never taken
 * away, because its usage and its audit entries go on naming it: it is emptied and suspended.
 */
final class SitePlanner {

    /** What becomes of that which the document does not name. */
    enum Unnamed {
        KEEP,
        REMOVE
    }

    /** Tells whether a workspace's credential for a provider is this one. */
    interface SecretComparison {
        boolean same(String workspace, String provider, String secret);
    }

    private final SiteDocument now;
    private final SiteDocument wanted;
    private final Unnamed unnamed;
    private final SecretComparison secrets;
    private final List<SiteChange> removals = new ArrayList<>();
    private final List<SiteChange> changes = new ArrayList<>();
    private final List<SiteChange> lateRemovals = new ArrayList<>();
    private final List<SiteChange> keys = new ArrayList<>();
    private final List<SiteChange> kept = new ArrayList<>();

    private SitePlanner(
            SiteDocument now, SiteDocument wanted, Unnamed unnamed, SecretComparison secrets) {
        this.now = now;
        this.wanted = wanted;
        this.unnamed = unnamed;
        this.secrets = secrets;
    }

    /**
     * The changes, in the order in which they can be made.
     *
     * @param now the site as it is exported, without secrets
     * @param wanted has passed {@link SiteChecks}
     */
    static List<SiteChange> changes(
            SiteDocument now, SiteDocument wanted, Unnamed unnamed, SecretComparison secrets) {
        var planner = new SitePlanner(now, wanted, unnamed, secrets);
        planner.policy(planner.changes, null, null, now.policy(), wanted.policy());
        planner.providers();
        planner.workspaces();
        planner.routes();
        var all = new ArrayList<SiteChange>(planner.removals);
        all.addAll(planner.changes);
        all.addAll(planner.lateRemovals);
        all.addAll(planner.keys);
        all.addAll(AllowancePlanner.changes(now, wanted, unnamed));
        all.addAll(planner.kept);
        return List.copyOf(all);
    }

    private void policy(
            List<SiteChange> where,
            @Nullable String workspace,
            @Nullable String apiKey,
            @Nullable PolicyDocument before,
            @Nullable PolicyDocument after) {
        PolicyDocument had = before == null ? PolicyDocument.NONE : before;
        PolicyDocument shall = after == null ? PolicyDocument.NONE : after;
        List<String> differences = Differences.of(had, shall);
        if (differences.isEmpty()) {
            return;
        }
        if (had.equals(PolicyDocument.NONE)) {
            where.add(new SetPolicy(workspace, apiKey, Action.CREATE, shall, List.of()));
        } else if (after == null) {
            unnamed(
                    where,
                    new SetPolicy(workspace, apiKey, Action.REMOVE, null, List.of()),
                    new Keep("policy", SetPolicy.of(workspace, apiKey)));
        } else if (shall.equals(PolicyDocument.NONE)) {
            where.add(new SetPolicy(workspace, apiKey, Action.REMOVE, null, List.of()));
        } else {
            where.add(new SetPolicy(workspace, apiKey, Action.UPDATE, shall, differences));
        }
    }

    private void providers() {
        for (ProviderDocument provider : wanted.providers()) {
            ProviderDocument before =
                    named(now.providers(), ProviderDocument::name, provider.name());
            if (before == null) {
                changes.add(new CreateProvider(provider));
            } else {
                List<String> differences = Differences.of(before, provider);
                if (!differences.isEmpty()) {
                    changes.add(new UpdateProvider(provider, differences));
                }
            }
        }
        for (ProviderDocument before : now.providers()) {
            if (named(wanted.providers(), ProviderDocument::name, before.name()) == null) {
                unnamed(
                        lateRemovals,
                        new RemoveProvider(before.name()),
                        new Keep("provider", before.name()));
            }
        }
    }

    private void workspaces() {
        for (WorkspaceDocument workspace : wanted.workspaces()) {
            WorkspaceDocument before =
                    named(now.workspaces(), WorkspaceDocument::name, workspace.name());
            if (before == null) {
                changes.add(new CreateWorkspace(workspace));
                before = nothingIn(workspace.name(), null);
            } else {
                List<String> differences = Differences.of(before, workspace);
                if (!differences.isEmpty()) {
                    changes.add(new UpdateWorkspace(workspace, differences));
                }
            }
            contents(before, workspace);
        }
        for (WorkspaceDocument before : now.workspaces()) {
            if (named(wanted.workspaces(), WorkspaceDocument::name, before.name()) == null) {
                unnamedWorkspace(before);
            }
        }
    }

    private void unnamedWorkspace(WorkspaceDocument before) {
        if (unnamed == Unnamed.KEEP) {
            kept.add(new Keep("workspace", before.name()));
            return;
        }
        WorkspaceDocument emptied = nothingIn(before.name(), Workspace.State.SUSPENDED);
        List<String> differences = Differences.of(before, emptied);
        if (!differences.isEmpty()) {
            removals.add(new UpdateWorkspace(emptied, differences));
        }
        contents(before, emptied);
    }

    private void contents(WorkspaceDocument before, WorkspaceDocument after) {
        String workspace = after.name();
        policy(changes, workspace, null, before.policy(), after.policy());
        for (CredentialDocument credential : after.credentials()) {
            credential(
                    workspace,
                    named(
                            before.credentials(),
                            CredentialDocument::provider,
                            credential.provider()),
                    credential);
        }
        for (CredentialDocument credential : before.credentials()) {
            String provider = credential.provider();
            if (named(after.credentials(), CredentialDocument::provider, provider) == null) {
                unnamed(
                        removals,
                        new RemoveCredential(workspace, provider),
                        new Keep("credential", workspace + " / " + provider));
            }
        }
        for (ApiKeyDocument key : after.apiKeys()) {
            ApiKeyDocument had = named(before.apiKeys(), ApiKeyDocument::name, key.name());
            if (had == null) {
                keys.add(new CreateApiKey(workspace, key));
            } else {
                List<String> differences = Differences.of(had, key);
                if (!differences.isEmpty()) {
                    keys.add(new UpdateApiKeys(workspace, key, differences));
                }
            }
            PolicyDocument rules = had == null ? null : had.policy();
            policy(keys, workspace, key.name(), rules, key.policy());
        }
        for (ApiKeyDocument key : before.apiKeys()) {
            if (named(after.apiKeys(), ApiKeyDocument::name, key.name()) == null) {
                unnamed(
                        removals,
                        new RevokeApiKeys(workspace, key.name()),
                        new Keep("api key", workspace + " / " + key.name()));
            }
        }
    }

    private void credential(
            String workspace, @Nullable CredentialDocument before, CredentialDocument after) {
        if (before == null) {
            changes.add(new SetCredential(workspace, Action.CREATE, after, List.of()));
            return;
        }
        var differences = new ArrayList<String>(Differences.of(before, after));
        String secret = after.secret();
        if (secret != null && !secrets.same(workspace, after.provider(), secret)) {
            differences.add("secret");
        }
        if (!differences.isEmpty()) {
            changes.add(new SetCredential(workspace, Action.UPDATE, after, differences));
        }
    }

    private void routes() {
        for (RouteDocument route : wanted.routes()) {
            RouteDocument before = named(now.routes(), RouteDocument::name, route.name());
            if (before == null) {
                changes.add(new CreateRoute(route));
            } else {
                List<String> differences = Differences.of(before, route);
                if (!differences.isEmpty()) {
                    changes.add(new UpdateRoute(route, differences));
                }
            }
        }
        for (RouteDocument before : now.routes()) {
            if (named(wanted.routes(), RouteDocument::name, before.name()) == null) {
                unnamed(removals, new RemoveRoute(before.name()), new Keep("route", before.name()));
            }
        }
    }

    private void unnamed(List<SiteChange> where, SiteChange removal, Keep keep) {
        switch (unnamed) {
            case KEEP -> kept.add(keep);
            case REMOVE -> where.add(removal);
        }
    }

    private static WorkspaceDocument nothingIn(String name, Workspace.@Nullable State state) {
        return new WorkspaceDocument(name, null, state, null, List.of(), List.of());
    }

    private static <T> @Nullable T named(List<T> all, Function<T, String> name, String sought) {
        return all.stream().filter(one -> name.apply(one).equals(sought)).findFirst().orElse(null);
    }
}
