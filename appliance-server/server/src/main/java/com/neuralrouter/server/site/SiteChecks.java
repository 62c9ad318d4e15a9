package com.neuralrouter.server.site;

import com.neuralrouter.contract.BudgetDocument;
import com.neuralrouter.contract.CredentialDocument;
import com.neuralrouter.contract.FieldError;
import com.neuralrouter.contract.LimitsDocument;
import com.neuralrouter.contract.ServiceDocument;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.WorkspaceDocument;
import com.neuralrouter.server.budget.BudgetChecks;
import com.neuralrouter.server.limit.LimitChecks;
import com.neuralrouter.server.policy.Policy.Level;
import com.neuralrouter.server.policy.PolicyChecks;
import com.neuralrouter.server.provider.Declarations;
import com.neuralrouter.server.provider.ProviderRules;
import com.neuralrouter.server.provider.ServiceChecks;
import com.neuralrouter.server.route.RouteChecks;
import com.neuralrouter.server.site.SitePlanner.Unnamed;
import com.neuralrouter.server.yaml.Nearest;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds what is wrong with a document before anything is done: names, doubles, and what it refers
 * to and is neither in it nor on the site. Tells all of it at once; paths are the document's, as in
 * {@code routes[0].upstreams[1].provider}.
 */
final class SiteChecks {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final String NAME_RULE =
            "must be 1 to 63 of a-z, 0-9 and '-', and not begin with '-'";
    static final String ALL_WORKSPACES = "*";

    private final SiteDocument now;
    private final SiteDocument wanted;
    private final Set<String> providers;
    private final Set<String> workspaces;
    private final List<FieldError> errors = new ArrayList<>();

    private SiteChecks(SiteDocument now, SiteDocument wanted, Unnamed unnamed) {
        this.now = now;
        this.wanted = wanted;
        this.providers = names(wanted.providers(), ProviderDocument::name);
        this.workspaces = names(wanted.workspaces(), WorkspaceDocument::name);
        if (unnamed == Unnamed.KEEP) {
            providers.addAll(names(now.providers(), ProviderDocument::name));
            workspaces.addAll(names(now.workspaces(), WorkspaceDocument::name));
        }
    }

    /** What is wrong; empty if the document can be applied to the site as it is now. */
    static List<FieldError> errors(SiteDocument now, SiteDocument wanted, Unnamed unnamed) {
        var checks = new SiteChecks(now, wanted, unnamed);
        if (!SiteDocument.API_VERSION.equals(wanted.apiVersion())) {
            checks.wrong("apiVersion", "must be " + SiteDocument.API_VERSION);
        }
        checks.policy(Level.SITE, "policy", wanted.policy());
        checks.allowance("", wanted.limits(), wanted.budgets());
        checks.each("providers", wanted.providers(), ProviderDocument::name, checks::provider);
        checks.each("workspaces", wanted.workspaces(), WorkspaceDocument::name, checks::workspace);
        checks.each("routes", wanted.routes(), RouteDocument::name, checks::route);
        checks.modelsLeadOneWay(unnamed);
        return List.copyOf(checks.errors);
    }

    private interface Check<T> {
        void check(String path, T item);
    }

    private <T> void each(
            String path, List<T> items, Function<T, @Nullable String> name, Check<T> check) {
        var seen = new HashSet<String>();
        for (int i = 0; i < items.size(); i++) {
            String at = path + "[" + i + "]";
            String itsName = name.apply(items.get(i));
            if (itsName == null || !NAME.matcher(itsName).matches()) {
                wrong(at + ".name", NAME_RULE);
            } else if (!seen.add(itsName)) {
                wrong(at + ".name", "'" + itsName + "' is in the document twice; keep one");
            }
            check.check(at, items.get(i));
        }
    }

    private void provider(String path, ProviderDocument provider) {
        Declarations.errors(provider)
                .forEach(error -> wrong(path + "." + error.field(), error.message()));
        ServiceDocument service = provider.service();
        if (service != null) {
            ServiceChecks.wrong(
                    service, (field, message) -> wrong(path + ".service." + field, message));
        }
        String baseUrl = provider.baseUrl();
        switch (provider.kind()) {
            case null -> wrong(path + ".kind", "must be one of " + SiteYaml.KIND_NAMES);
            case OPENAI, ANTHROPIC, AZURE, GEMINI, BEDROCK, OLLAMA, COHERE -> {
                if (baseUrl == null || !isBaseUrl(baseUrl)) {
                    wrong(
                            path + ".baseUrl",
                            "must be an http or https address without query and user, as in"
                                    + " https://models.internal:8000/v1");
                }
            }
            case LOOPBACK -> {
                if (baseUrl != null) {
                    wrong(path + ".baseUrl", "must be absent: the loopback is built in");
                }
            }
        }
        options(path, provider);
    }

    /** How it differs from others of its kind. */
    private void options(String path, ProviderDocument provider) {
        if (provider.kind() != null) {
            ProviderRules.errors(provider)
                    .forEach(error -> wrong(path + "." + error.field(), error.message()));
        }
    }

    private static boolean isBaseUrl(String text) {
        try {
            URI uri = new URI(text);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && text.length() <= 2_000;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private void workspace(String path, WorkspaceDocument workspace) {
        if (workspace.description() != null && workspace.description().length() > 500) {
            wrong(path + ".description", "must be at most 500 characters");
        }
        policy(Level.WORKSPACE, path + ".policy", workspace.policy());
        allowance(path + ".", workspace.limits(), workspace.budgets());
        WorkspaceDocument before =
                now.workspaces().stream()
                        .filter(one -> one.name().equals(workspace.name()))
                        .findFirst()
                        .orElse(null);
        var credentialsSeen = new HashSet<String>();
        for (int i = 0; i < workspace.credentials().size(); i++) {
            CredentialDocument credential = workspace.credentials().get(i);
            String at = path + ".credentials[" + i + "]";
            known(at + ".provider", credential.provider(), providers, "provider");
            if (!credentialsSeen.add(credential.provider())) {
                wrong(at + ".provider", "has a credential here already; a workspace has one each");
            }
            if (credential.secret() == null && !hasCredential(before, credential.provider())) {
                wrong(
                        at + ".secret",
                        "is missing, and the workspace has no credential for this provider yet;"
                                + " add 'secret: {file: path}' or 'secret: {env: NAME}'");
            }
        }
        var keysSeen = new HashSet<String>();
        for (int i = 0; i < workspace.apiKeys().size(); i++) {
            String name = workspace.apiKeys().get(i).name();
            String key = path + ".apiKeys[" + i + "].";
            String at = key + "name";
            policy(Level.KEY, key + "policy", workspace.apiKeys().get(i).policy());
            text(at, name, 100);
            allowance(
                    key, workspace.apiKeys().get(i).limits(), workspace.apiKeys().get(i).budgets());
            if (!keysSeen.add(name)) {
                wrong(at, "'" + name + "' is in this workspace twice; keep one");
            }
        }
    }

    private static boolean hasCredential(@Nullable WorkspaceDocument workspace, String provider) {
        return workspace != null
                && workspace.credentials().stream().anyMatch(c -> c.provider().equals(provider));
    }

    private void route(String path, RouteDocument route) {
        text(path + ".model", route.model(), 200);
        allowance(path + ".", route.limits(), null);
        if (route.workspaces().isEmpty()) {
            wrong(
                    path + ".workspaces",
                    "is empty, so nobody could use it; name workspaces, or write \"*\" for all");
        }
        for (int i = 0; i < route.workspaces().size(); i++) {
            String workspace = route.workspaces().get(i);
            if (!ALL_WORKSPACES.equals(workspace)) {
                known(path + ".workspaces[" + i + "]", workspace, workspaces, "workspace");
            }
        }
        RouteChecks.wrong(route, (field, message) -> wrong(path + "." + field, message));
        if (route.upstreams().isEmpty()) {
            wrong(path + ".upstreams", "is empty; name at least one provider");
        }
        for (int i = 0; i < route.upstreams().size(); i++) {
            String at = path + ".upstreams[" + i + "]";
            known(at + ".provider", route.upstreams().get(i).provider(), providers, "provider");
            if (route.upstreams().get(i).model() != null) {
                text(at + ".model", route.upstreams().get(i).model(), 200);
            }
        }
    }

    /**
     * @param at what stands before the fields' names
     */
    private void allowance(
            String at, @Nullable LimitsDocument limits, @Nullable List<BudgetDocument> budgets) {
        if (limits != null) {
            errors.addAll(LimitChecks.errors(at + "limits", limits));
        }
        if (budgets != null) {
            errors.addAll(BudgetChecks.errors(at + "budgets", budgets));
        }
    }

    private void policy(Level level, String path, @Nullable PolicyDocument policy) {
        if (policy == null) {
            return;
        }
        errors.addAll(PolicyChecks.errors(level, path, policy));
        knownProviders(path + ".allowedProviders", policy.allowedProviders());
        knownProviders(path + ".deniedProviders", policy.deniedProviders());
        knownProviders(path + ".allowedShadows", policy.allowedShadows());
    }

    private void knownProviders(String path, @Nullable List<String> names) {
        for (int i = 0; names != null && i < names.size(); i++) {
            known(path + "[" + i + "]", names.get(i), providers, "provider");
        }
    }

    /** One model name must lead a workspace one way, whatever the order of the routes. */
    private void modelsLeadOneWay(Unnamed unnamed) {
        Set<String> named = names(wanted.routes(), RouteDocument::name);
        Stream<RouteDocument> staying =
                unnamed == Unnamed.REMOVE
                        ? Stream.empty()
                        : now.routes().stream().filter(route -> !named.contains(route.name()));
        var granted = new HashMap<String, Map<String, String>>();
        staying.forEach(route -> {
            for (String workspace : route.workspaces()) {
                granted.computeIfAbsent(route.model(), _ -> new HashMap<>())
                        .putIfAbsent(workspace, route.name());
            }
        });
        for (int i = 0; i < wanted.routes().size(); i++) {
            RouteDocument route = wanted.routes().get(i);
            if (route.model() == null) {
                continue;
            }
            Map<String, String> ofModel =
                    granted.computeIfAbsent(route.model(), _ -> new HashMap<>());
            String other = overlapping(route.workspaces(), ofModel);
            if (other != null) {
                wrong(
                        "routes[" + i + "].model",
                        "'"
                                + route.model()
                                + "' leads a workspace through route '"
                                + other
                                + "' already; give it another model name or other workspaces");
            }
            route.workspaces().forEach(workspace -> ofModel.putIfAbsent(workspace, route.name()));
        }
    }

    private static @Nullable String overlapping(
            List<String> workspaces, Map<String, String> taken) {
        if (workspaces.contains(ALL_WORKSPACES) && !taken.isEmpty()) {
            return taken.values().iterator().next();
        }
        return Stream.concat(workspaces.stream(), Stream.of(ALL_WORKSPACES))
                .map(taken::get)
                .filter(other -> other != null)
                .findFirst()
                .orElse(null);
    }

    private void known(String path, @Nullable String name, Collection<String> known, String what) {
        if (name != null && known.contains(name)) {
            return;
        }
        String hint =
                known.isEmpty() || name == null
                        ? "add it to the document"
                        : "did you mean '" + Nearest.to(name, known) + "'?";
        wrong(path, "there is no " + what + " '" + name + "'; " + hint);
    }

    private void text(String path, @Nullable String text, int longest) {
        if (text == null
                || text.isBlank()
                || text.length() > longest
                || text.codePoints().anyMatch(Character::isISOControl)) {
            wrong(path, "must be 1 to " + longest + " characters without control characters");
        }
    }

    private void wrong(String path, String message) {
        errors.add(new FieldError(path, message));
    }

    private static <T> Set<String> names(List<T> items, Function<T, @Nullable String> name) {
        var names = new LinkedHashSet<String>();
        for (T item : items) {
            String one = name.apply(item);
            if (one != null) {
                names.add(one);
            }
        }
        return names;
    }
}
