package com.neuralrouter.server.site;

import com.neuralrouter.contract.ApiKeyDocument;
import com.neuralrouter.contract.BudgetDocument;
import com.neuralrouter.contract.CredentialDocument;
import com.neuralrouter.contract.LimitsDocument;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.WorkspaceDocument;
import com.neuralrouter.contract.SitePlan.Action;
import com.neuralrouter.contract.SitePlan.Change;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One difference between a site and a document, with what is needed to make it so. {@link
 * SitePlanner} finds them, {@link SiteCommands} carries them out.
 */
sealed interface SiteChange {

    /** The change as a person reads it. */
    Change described();

    record CreateProvider(ProviderDocument wanted) implements SiteChange {
        @Override
        public Change described() {
            return new Change(Action.CREATE, "provider", wanted.name(), List.of());
        }
    }

    record UpdateProvider(ProviderDocument wanted, List<String> differences) implements SiteChange {
        @Override
        public Change described() {
            return new Change(Action.UPDATE, "provider", wanted.name(), differences);
        }
    }

    record RemoveProvider(String name) implements SiteChange {
        @Override
        public Change described() {
            return new Change(Action.REMOVE, "provider", name, List.of());
        }
    }

    /** Its credentials, keys and policy are changes of their own. */
    record CreateWorkspace(WorkspaceDocument wanted) implements SiteChange {
        @Override
        public Change described() {
            return new Change(Action.CREATE, "workspace", wanted.name(), List.of());
        }
    }

    /** Description or state. */
    record UpdateWorkspace(WorkspaceDocument wanted, List<String> differences)
            implements SiteChange {
        @Override
        public Change described() {
            return new Change(Action.UPDATE, "workspace", wanted.name(), differences);
        }
    }

    /**
     * @param workspace null for the site's own
     * @param apiKey null unless it is that of a workspace's API key
     * @param wanted null takes all rules away
     */
    record SetPolicy(
            @Nullable String workspace,
            @Nullable String apiKey,
            Action action,
            @Nullable PolicyDocument wanted,
            List<String> differences)
            implements SiteChange {
        @Override
        public Change described() {
            return new Change(action, "policy", of(workspace, apiKey), differences);
        }

        /** Whose it is, in a plan. */
        static String of(@Nullable String workspace, @Nullable String apiKey) {
            if (workspace == null) {
                return "site";
            }
            return apiKey == null ? workspace : workspace + " / " + apiKey;
        }
    }

    record SetCredential(
            String workspace, Action action, CredentialDocument wanted, List<String> differences)
            implements SiteChange {
        @Override
        public Change described() {
            String name = workspace + " / " + wanted.provider();
            return new Change(action, "credential", name, differences);
        }
    }

    record RemoveCredential(String workspace, String provider) implements SiteChange {
        @Override
        public Change described() {
            String name = workspace + " / " + provider;
            return new Change(Action.REMOVE, "credential", name, List.of());
        }
    }

    record CreateApiKey(String workspace, ApiKeyDocument wanted) implements SiteChange {
        @Override
        public Change described() {
            String name = workspace + " / " + wanted.name();
            return new Change(Action.CREATE, "api key", name, List.of());
        }
    }

    /** Every active key of that name in the workspace. */
    record UpdateApiKeys(String workspace, ApiKeyDocument wanted, List<String> differences)
            implements SiteChange {
        @Override
        public Change described() {
            String name = workspace + " / " + wanted.name();
            return new Change(Action.UPDATE, "api key", name, differences);
        }
    }

    /** Revokes every active key of that name in the workspace. */
    record RevokeApiKeys(String workspace, String name) implements SiteChange {
        @Override
        public Change described() {
            return new Change(Action.REMOVE, "api key", workspace + " / " + name, List.of());
        }
    }

    record CreateRoute(RouteDocument wanted) implements SiteChange {
        @Override
        public Change described() {
            return new Change(Action.CREATE, "route", wanted.name(), List.of());
        }
    }

    record UpdateRoute(RouteDocument wanted, List<String> differences) implements SiteChange {
        @Override
        public Change described() {
            return new Change(Action.UPDATE, "route", wanted.name(), differences);
        }
    }

    record RemoveRoute(String name) implements SiteChange {
        @Override
        public Change described() {
            return new Change(Action.REMOVE, "route", name, List.of());
        }
    }

    /**
     * @param wanted none takes all limits away
     */
    record SetLimits(
            AllowanceOwner owner, Action action, LimitsDocument wanted, List<String> differences)
            implements SiteChange {
        @Override
        public Change described() {
            return new Change(action, "limits", owner.words(), differences);
        }
    }

    /**
     * @param wanted none takes all budgets away
     */
    record SetBudgets(
            AllowanceOwner owner,
            Action action,
            List<BudgetDocument> wanted,
            List<String> differences)
            implements SiteChange {
        @Override
        public Change described() {
            return new Change(action, "budgets", owner.words(), differences);
        }
    }

    /** Nothing is done: the document does not name it, and pruning was not asked for. */
    record Keep(String kind, String name) implements SiteChange {
        @Override
        public Change described() {
            return new Change(Action.KEEP, kind, name, List.of());
        }
    }
}
