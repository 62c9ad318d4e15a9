package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ApiKeyDocument;
import com.neuralrouter.contract.AppliedSite;
import com.neuralrouter.contract.LimitsDocument;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.WorkspaceDocument;
import com.neuralrouter.contract.SitePlan;
import com.neuralrouter.contract.SitePlan.Action;
import com.neuralrouter.contract.SitePlan.Change;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Whose limits a command changes, by names: the site's if it names nobody. They are changed as
 * {@code apply} changes them, by a document that says nothing but these limits. Owned by its
 * command.
 */
final class LimitedOption {
    @Option(
            names = "--workspace",
            paramLabel = "NAME",
            description = "The limits of that workspace; without it, the site's own.")
    private @Nullable String workspace;

    @Option(
            names = "--key",
            paramLabel = "NAME",
            description = "The limits of the workspace's API keys of that name.")
    private @Nullable String key;

    @Option(
            names = "--route",
            paramLabel = "NAME",
            description = "The limits of that route, whoever asks for its model.")
    private @Nullable String route;

    /** What a document of the site says of them, and the same with other limits. */
    private record Limited(LimitsDocument now, Function<LimitsDocument, SiteDocument> with) {}

    /** Changes the limits, and says what was changed. */
    void change(AdminClient client, Terminal terminal, UnaryOperator<LimitsDocument> how) {
        Limited limited = limited(client.get(AdminApi.SITE, SiteDocument.class));
        SiteDocument wanted = limited.with().apply(how.apply(limited.now()));
        List<Change> changes =
                changes(client.post(AdminApi.SITE_PLAN + "?prune=false", wanted, SitePlan.class));
        if (changes.isEmpty()) {
            terminal.print("The limits are like that; nothing to change.");
            return;
        }
        if (changes.stream().anyMatch(change -> !change.kind().equals("limits"))) {
            throw new CommandFailed(
                    "The site was changed at the same time; nothing was done. Try again.");
        }
        changes(client.post(AdminApi.SITE_APPLY + "?prune=false", wanted, AppliedSite.class).plan())
                .forEach(change -> {
                    terminal.print(words(change.action()) + ": limits of " + change.name());
                    change.differences().forEach(line -> terminal.print("    " + line));
                });
    }

    private static List<Change> changes(SitePlan plan) {
        return plan.changes().stream().filter(each -> each.action() != Action.KEEP).toList();
    }

    private static String words(Action action) {
        return switch (action) {
            case CREATE -> "Set";
            case UPDATE -> "Changed";
            case REMOVE -> "Removed";
            case KEEP -> "Kept";
        };
    }

    private Limited limited(SiteDocument site) {
        if (route != null) {
            if (workspace != null || key != null) {
                throw new CommandFailed(
                        "A route's limits hold for every workspace; name one of both.");
            }
            return ofRoute(named(site.routes(), RouteDocument::name, route, "route"));
        }
        if (workspace == null) {
            if (key != null) {
                throw new CommandFailed("Say with --workspace whose API key it is.");
            }
            return new Limited(
                    orNone(site.limits()),
                    limits ->
                            new SiteDocument(
                                    site.apiVersion(),
                                    site.policy(),
                                    List.of(),
                                    List.of(),
                                    List.of(),
                                    limits,
                                    site.budgets()));
        }
        WorkspaceDocument its =
                named(site.workspaces(), WorkspaceDocument::name, workspace, "workspace");
        return key == null
                ? new Limited(orNone(its.limits()), limits -> document(its, List.of(), limits))
                : ofKey(its, named(its.apiKeys(), ApiKeyDocument::name, key, "active API key"));
    }

    private static Limited ofKey(WorkspaceDocument its, ApiKeyDocument apiKey) {
        return new Limited(
                orNone(apiKey.limits()),
                limits ->
                        document(
                                its,
                                List.of(
                                        new ApiKeyDocument(
                                                apiKey.name(),
                                                apiKey.expiresAt(),
                                                apiKey.policy(),
                                                limits,
                                                apiKey.budgets())),
                                its.limits()));
    }

    private static Limited ofRoute(RouteDocument route) {
        return new Limited(
                orNone(route.limits()),
                limits ->
                        new SiteDocument(
                                SiteDocument.API_VERSION,
                                null,
                                List.of(),
                                List.of(),
                                List.of(
                                        new RouteDocument(
                                                route.name(),
                                                route.model(),
                                                route.workspaces(),
                                                route.upstreams(),
                                                route.strategy(),
                                                route.headers(),
                                                route.hedgeAfterMillis(),
                                                route.totalMillis(),
                                                limits))));
    }

    private static SiteDocument document(
            WorkspaceDocument its, List<ApiKeyDocument> keys, @Nullable LimitsDocument limits) {
        return new SiteDocument(
                SiteDocument.API_VERSION,
                null,
                List.of(),
                List.of(
                        new WorkspaceDocument(
                                its.name(),
                                its.description(),
                                its.state(),
                                its.policy(),
                                List.of(),
                                keys,
                                limits,
                                its.budgets())),
                List.of());
    }

    private static LimitsDocument orNone(@Nullable LimitsDocument limits) {
        return limits == null ? LimitsDocument.NONE : limits;
    }

    private static <T> T named(List<T> all, Function<T, String> name, String wanted, String what) {
        return all.stream()
                .filter(each -> name.apply(each).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new CommandFailed("There is no " + what + " '" + wanted + "'."));
    }
}
