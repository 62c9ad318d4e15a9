package com.neuralrouter.server.site;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.CreateApiKey;
import com.neuralrouter.contract.CreateWorkspace;
import com.neuralrouter.contract.CreatedApiKey;
import com.neuralrouter.contract.CredentialDocument;
import com.neuralrouter.contract.FieldError;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.PutCredential;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.WorkspaceDocument;
import com.neuralrouter.contract.SitePlan.Action;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.apikey.ApiKeyCommands;
import com.neuralrouter.server.apikey.StoredApiKey;
import com.neuralrouter.server.approval.Consent;
import com.neuralrouter.server.approval.SecondPerson;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.credential.CredentialCommands;
import com.neuralrouter.server.credential.StoredCredential;
import com.neuralrouter.server.policy.Cause;
import com.neuralrouter.server.policy.PolicyCommands;
import com.neuralrouter.server.provider.ProviderCommands;
import com.neuralrouter.server.provider.StoredProvider;
import com.neuralrouter.server.route.RouteCommands;
import com.neuralrouter.server.route.StoredRoute;
import com.neuralrouter.server.store.Tx;
import com.neuralrouter.server.workspace.WorkspaceCommands;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rooms that make a plan's changes, and the making of one: it finds by name what the change is
 * about, and hands it to the room whose table it is. Safe for all threads.
 */
public record SiteRooms(
        WorkspaceCommands workspaces,
        ApiKeyCommands apiKeys,
        ProviderCommands providers,
        CredentialCommands credentials,
        RouteCommands routes,
        PolicyCommands policies,
        SecondPerson second,
        AllowanceRooms allowances) {

    /**
     * What is known of all changes that are made together.
     *
     * @param by who makes them, as policies' versions name their makers
     * @param made what they make that was not there before, as a plan names it: {@code workspace
     *     research}, {@code api key research / app}
     */
    record Making(String by, Instant now, Set<String> made) {
        Making {
            made = Set.copyOf(made);
        }

        static Making of(String by, Instant now, List<SiteChange> changes) {
            return new Making(
                    by,
                    now,
                    changes.stream()
                            .map(SiteChange::described)
                            .filter(change -> change.action() == Action.CREATE)
                            .map(change -> change.kind() + " " + change.name())
                            .collect(Collectors.toSet()));
        }

        /**
         * Whether what a policy is for is made together with it, and the policy only narrows: to
         * keep content is more than that.
         */
        boolean isNew(SiteChange.SetPolicy policy) {
            PolicyDocument wanted = policy.wanted();
            return (wanted == null || wanted.keepContentFor() == null) && isMade(policy);
        }

        private boolean isMade(SiteChange.SetPolicy policy) {
            return made.contains("workspace " + policy.workspace())
                    || (policy.apiKey() != null
                            && made.contains(
                                    "api key "
                                            + SiteChange.SetPolicy.of(
                                                    policy.workspace(), policy.apiKey())));
        }
    }

    /** What came of a change: its audit events and, if it made an API key, that key. */
    record Made(List<AuditEvent> events, Optional<CreatedApiKey> key) {
        static Made of(Audited<?> audited) {
            return new Made(audited.events(), Optional.empty());
        }

        @Override
        public String toString() {
            return "Made[events=" + events + ", key=redacted]";
        }
    }

    Made make(Tx tx, SiteStores stores, SiteChange change, Making making) {
        Instant now = making.now();
        return switch (change) {
            case SiteChange.CreateProvider create ->
                    Made.of(
                            providers.createIn(
                                    tx, create.wanted(), provider(tx, create.wanted().name())));
            case SiteChange.UpdateProvider update ->
                    Made.of(
                            providers.updateIn(
                                    tx,
                                    provider(tx, stores, update.wanted().name()).endpoint().id(),
                                    update.wanted(),
                                    provider(tx, update.wanted().name())));
            case SiteChange.RemoveProvider remove ->
                    Made.of(
                            providers.deleteIn(
                                    tx, provider(tx, stores, remove.name()).endpoint().id()));
            case SiteChange.CreateWorkspace create -> create(tx, create.wanted());
            case SiteChange.UpdateWorkspace update -> update(tx, stores, update.wanted());
            case SiteChange.SetPolicy policy -> setPolicy(tx, stores, policy, making);
            case SiteChange.SetCredential credential -> setCredential(tx, stores, credential);
            case SiteChange.RemoveCredential remove -> {
                Workspace workspace = workspace(tx, stores, remove.workspace());
                StoredCredential before =
                        credential(tx, stores, workspace, remove.provider()).orElseThrow();
                yield Made.of(credentials.deleteIn(tx, before.id()));
            }
            case SiteChange.CreateApiKey create -> createKey(tx, stores, create);
            case SiteChange.UpdateApiKeys update -> {
                Instant expiresAt = Objects.requireNonNull(update.wanted().expiresAt());
                yield toKeys(
                        active(tx, stores, update.workspace(), update.wanted().name(), now),
                        key -> apiKeys.expireIn(tx, key, expiresAt));
            }
            case SiteChange.RevokeApiKeys revoke ->
                    toKeys(
                            active(tx, stores, revoke.workspace(), revoke.name(), now),
                            key -> apiKeys.revokeIn(tx, key));
            case SiteChange.CreateRoute create -> Made.of(routes.createIn(tx, create.wanted()));
            case SiteChange.UpdateRoute update ->
                    Made.of(
                            routes.updateIn(
                                    tx,
                                    route(tx, stores, update.wanted().name()).id(),
                                    update.wanted()));
            case SiteChange.RemoveRoute remove ->
                    Made.of(routes.deleteIn(tx, route(tx, stores, remove.name()).id()));
            case SiteChange.SetLimits set ->
                    new Made(allowances.make(tx, stores.workspaces(), set), Optional.empty());
            case SiteChange.SetBudgets set ->
                    new Made(allowances.make(tx, stores.workspaces(), set), Optional.empty());
            case SiteChange.Keep _ -> new Made(List.of(), Optional.empty());
        };
    }

    private Made create(Tx tx, WorkspaceDocument wanted) {
        Audited<Workspace> created =
                workspaces.createIn(tx, new CreateWorkspace(wanted.name(), wanted.description()));
        if (wanted.state() != Workspace.State.SUSPENDED) {
            return Made.of(created);
        }
        Workspace workspace = created.value();
        var events = new ArrayList<AuditEvent>(created.events());
        events.addAll(
                workspaces
                        .changeIn(
                                tx,
                                workspace.id(),
                                workspace.description(),
                                Workspace.State.SUSPENDED,
                                OptionalLong.empty())
                        .events());
        return new Made(events, Optional.empty());
    }

    private Made update(Tx tx, SiteStores stores, WorkspaceDocument wanted) {
        Workspace before = workspace(tx, stores, wanted.name());
        return Made.of(
                workspaces.changeIn(
                        tx,
                        before.id(),
                        Objects.requireNonNullElse(wanted.description(), before.description()),
                        Objects.requireNonNullElse(wanted.state(), before.state()),
                        OptionalLong.empty()));
    }

    /**
     * Throws {@link AdminRefused} that names every change which a second person must approve: then
     * none is made.
     */
    void demandConsents(Tx tx, List<SiteChange> changes, Making making) {
        List<FieldError> guarded =
                changes.stream()
                        .filter(change -> guarded(tx, change, making))
                        .map(change -> change.described())
                        .map(change ->
                                new FieldError(
                                        change.kind() + " " + change.name(),
                                        "a second person must approve this"))
                        .toList();
        if (!guarded.isEmpty()) {
            throw new AdminRefused(
                    ProblemCode.APPROVAL_REQUIRED,
                    "A second person must approve some of the changes, so none was made. Propose"
                            + " those, and apply the document again when they are approved: "
                            + guarded.stream()
                                    .map(FieldError::field)
                                    .collect(Collectors.joining(", "))
                            + ".",
                    guarded);
        }
    }

    private boolean guarded(Tx tx, SiteChange change, Making making) {
        return switch (change) {
            case SiteChange.SetPolicy policy ->
                    !making.isNew(policy) && second.needed(tx, ChangeKind.POLICY);
            case SiteChange.CreateProvider _, SiteChange.UpdateProvider _ ->
                    second.needed(tx, ChangeKind.PROVIDER);
            case SiteChange.RemoveProvider _,
                    SiteChange.CreateWorkspace _,
                    SiteChange.UpdateWorkspace _,
                    SiteChange.SetCredential _,
                    SiteChange.RemoveCredential _,
                    SiteChange.CreateApiKey _,
                    SiteChange.UpdateApiKeys _,
                    SiteChange.RevokeApiKeys _,
                    SiteChange.SetLimits _,
                    SiteChange.SetBudgets _,
                    SiteChange.CreateRoute _,
                    SiteChange.UpdateRoute _,
                    SiteChange.RemoveRoute _,
                    SiteChange.Keep _ ->
                    false;
        };
    }

    private Consent provider(Tx tx, String name) {
        return second.demand(tx, ChangeKind.PROVIDER, "what is declared of the provider " + name);
    }

    private Made setPolicy(Tx tx, SiteStores stores, SiteChange.SetPolicy policy, Making making) {
        String name = policy.workspace();
        String key = policy.apiKey();
        Consent consent =
                making.isNew(policy)
                        ? second.forWhatIsNew()
                        : second.demand(
                                tx,
                                ChangeKind.POLICY,
                                "the policy of " + policy.described().name());
        Cause cause = Cause.of(making.by(), consent);
        if (name == null) {
            return Made.of(policies.setSiteIn(tx, policy.wanted(), cause));
        }
        Workspace workspace = workspace(tx, stores, name);
        if (key == null) {
            return Made.of(policies.setWorkspaceIn(tx, workspace, policy.wanted(), cause));
        }
        List<AuditEvent> events =
                active(tx, stores, name, key, making.now()).stream()
                        .map(each -> policies.setKeyIn(tx, each, workspace, policy.wanted(), cause))
                        .flatMap(done -> done.events().stream())
                        .toList();
        return new Made(events, Optional.empty());
    }

    private Made setCredential(Tx tx, SiteStores stores, SiteChange.SetCredential change) {
        CredentialDocument wanted = change.wanted();
        Workspace workspace = workspace(tx, stores, change.workspace());
        Optional<StoredCredential> before = credential(tx, stores, workspace, wanted.provider());
        String label =
                wanted.label() == null
                        ? before.map(StoredCredential::label).orElse("")
                        : wanted.label();
        String secret = wanted.secret();
        if (secret == null) {
            return Made.of(credentials.relabelIn(tx, before.orElseThrow().id(), label));
        }
        return Made.of(
                credentials.putIn(
                        tx,
                        workspace.id(),
                        new PutCredential(
                                provider(tx, stores, wanted.provider()).endpoint().id(),
                                label,
                                secret)));
    }

    private Made createKey(Tx tx, SiteStores stores, SiteChange.CreateApiKey create) {
        Audited<CreatedApiKey> created =
                apiKeys.createIn(
                        tx,
                        workspace(tx, stores, create.workspace()).id(),
                        new CreateApiKey(create.wanted().name(), create.wanted().expiresAt()));
        return new Made(created.events(), Optional.of(created.value()));
    }

    private static Made toKeys(List<StoredApiKey> keys, Function<ApiKeyId, Audited<?>> change) {
        List<AuditEvent> events =
                keys.stream().flatMap(key -> change.apply(key.id()).events().stream()).toList();
        return new Made(events, Optional.empty());
    }

    private static List<StoredApiKey> active(
            Tx tx, SiteStores stores, String workspace, String name, Instant now) {
        return stores.apiKeys().active(tx, workspace(tx, stores, workspace).id(), now).stream()
                .filter(key -> key.name().equals(name))
                .toList();
    }

    private static Workspace workspace(Tx tx, SiteStores stores, String name) {
        return stores.workspaces()
                .byName(tx, name)
                .orElseThrow(() -> AdminRefused.notFound("workspace", name));
    }

    private static StoredProvider provider(Tx tx, SiteStores stores, String name) {
        return stores.providers()
                .byName(tx, name)
                .orElseThrow(() -> AdminRefused.notFound("provider", name));
    }

    private static StoredRoute route(Tx tx, SiteStores stores, String name) {
        return stores.routes()
                .byName(tx, name)
                .orElseThrow(() -> AdminRefused.notFound("route", name));
    }

    private static Optional<StoredCredential> credential(
            Tx tx, SiteStores stores, Workspace workspace, String provider) {
        return stores.credentials()
                .find(tx, workspace.id(), provider(tx, stores, provider).endpoint().id());
    }
}
