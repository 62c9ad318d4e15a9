package com.neuralrouter.desktop;

import com.neuralrouter.desktop.access.AccessView;
import com.neuralrouter.desktop.access.AccessViewModel;
import com.neuralrouter.desktop.apikeys.ApiKeysView;
import com.neuralrouter.desktop.apikeys.ApiKeysViewModel;
import com.neuralrouter.desktop.approvals.ApprovalsView;
import com.neuralrouter.desktop.approvals.ApprovalsViewModel;
import com.neuralrouter.desktop.audit.AuditView;
import com.neuralrouter.desktop.audit.AuditViewModel;
import com.neuralrouter.desktop.audit.SavedViews;
import com.neuralrouter.desktop.credentials.CredentialsView;
import com.neuralrouter.desktop.credentials.CredentialsViewModel;
import com.neuralrouter.desktop.devices.DevicesView;
import com.neuralrouter.desktop.devices.DevicesViewModel;
import com.neuralrouter.desktop.health.HealthView;
import com.neuralrouter.desktop.health.HealthViewModel;
import com.neuralrouter.desktop.holds.HoldsView;
import com.neuralrouter.desktop.holds.HoldsViewModel;
import com.neuralrouter.desktop.i18n.ApprovalText;
import com.neuralrouter.desktop.incidents.IncidentsView;
import com.neuralrouter.desktop.incidents.IncidentsViewModel;
import com.neuralrouter.desktop.limits.LimitsView;
import com.neuralrouter.desktop.limits.LimitsViewModel;
import com.neuralrouter.desktop.overview.OverviewView;
import com.neuralrouter.desktop.overview.OverviewViewModel;
import com.neuralrouter.desktop.policies.PoliciesView;
import com.neuralrouter.desktop.policies.PoliciesViewModel;
import com.neuralrouter.desktop.requests.RequestsView;
import com.neuralrouter.desktop.requests.RequestsViewModel;
import com.neuralrouter.desktop.routes.RoutesView;
import com.neuralrouter.desktop.routes.RoutesViewModel;
import com.neuralrouter.desktop.settings.SettingsView;
import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.shell.Session;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.usage.UsageView;
import com.neuralrouter.desktop.usage.UsageViewModel;
import com.neuralrouter.desktop.vault.BackupsViewModel;
import com.neuralrouter.desktop.vault.KeysViewModel;
import com.neuralrouter.desktop.vault.VaultView;
import com.neuralrouter.desktop.workspaces.WorkspacesView;
import com.neuralrouter.desktop.workspaces.WorkspacesViewModel;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** Which screen is at which destination: the one place that names them all. */
final class Screens {
    private Screens() {}

    /** How each screen is made for a session, when it is first gone to. */
    static Map<Destination, Function<Session, Screen>> all() {
        var screens = new EnumMap<Destination, Function<Session, Screen>>(Destination.class);
        screens.put(Destination.OVERVIEW, Screens::overview);
        screens.put(Destination.USAGE, Screens::usage);
        screens.put(Destination.LIMITS, Screens::limits);
        screens.put(Destination.WORKSPACES, Screens::workspaces);
        screens.put(Destination.API_KEYS, Screens::apiKeys);
        screens.put(Destination.CREDENTIALS, Screens::credentials);
        screens.put(Destination.REQUESTS, Screens::requests);
        screens.put(Destination.AUDIT, Screens::audit);
        screens.put(Destination.ROUTES, Screens::routes);
        screens.put(Destination.HEALTH, Screens::health);
        screens.put(Destination.INCIDENTS, Screens::incidents);
        screens.put(Destination.POLICIES, Screens::policies);
        screens.put(Destination.APPROVALS, Screens::approvals);
        screens.put(Destination.HOLDS, Screens::holds);
        screens.put(Destination.DEVICES, Screens::devices);
        screens.put(Destination.ACCESS, Screens::access);
        screens.put(Destination.VAULT, Screens::vault);
        screens.put(Destination.SETTINGS, Screens::settings);
        return screens;
    }

    private static Screen overview(Session session) {
        var view = session.view();
        var model =
                new OverviewViewModel(
                        session.client(),
                        session.tasks(),
                        view.ticker(),
                        session.navigator(),
                        view.clock());
        return new OverviewView(model, view);
    }

    private static Screen workspaces(Session session) {
        var model =
                new WorkspacesViewModel(
                        session.client(),
                        session.tasks(),
                        session.workspaces(),
                        session.view().notices(),
                        session.navigator());
        return new WorkspacesView(model, session.connection(), session.view()).screen();
    }

    private static Screen apiKeys(Session session) {
        var view = session.view();
        var model =
                new ApiKeysViewModel(
                        session.client(),
                        session.tasks(),
                        session.workspaces(),
                        view.notices(),
                        view.clock());
        return new ApiKeysView(model, session).screen();
    }

    private static Screen credentials(Session session) {
        var view = session.view();
        var model =
                new CredentialsViewModel(
                        session.client(),
                        session.tasks(),
                        session.workspaces(),
                        view.notices(),
                        view.clock());
        return new CredentialsView(model, session).screen();
    }

    private static Screen requests(Session session) {
        var view = session.view();
        var model =
                new RequestsViewModel(
                        session.client(),
                        session.tasks(),
                        view.ticker(),
                        view.clock(),
                        session.witness());
        return new RequestsView(model, session.connection(), view).screen();
    }

    private static Screen audit(Session session) {
        var view = session.view();
        var model =
                new AuditViewModel(
                        session.client(),
                        session.tasks(),
                        view.ticker(),
                        view.clock(),
                        session.witness(),
                        new SavedViews(session.preferences().auditViews()));
        return new AuditView(model, view).screen();
    }

    private static Screen routes(Session session) {
        var view = session.view();
        var model =
                new RoutesViewModel(session.client(), session.tasks(), view.ticker(), view.clock());
        return new RoutesView(model, view).screen();
    }

    private static Screen health(Session session) {
        var view = session.view();
        var model =
                new HealthViewModel(
                        session.client(),
                        session.tasks(),
                        view.ticker(),
                        view.notices(),
                        view.clock());
        return new HealthView(model, session.connection(), view).screen();
    }

    private static Screen incidents(Session session) {
        var view = session.view();
        var model =
                new IncidentsViewModel(
                        session.client(),
                        session.tasks(),
                        view.ticker(),
                        view.notices(),
                        view.clock());
        return new IncidentsView(model, session.connection(), view).screen();
    }

    private static Screen devices(Session session) {
        var view = session.view();
        var model =
                new DevicesViewModel(
                        session.client(), session.tasks(), view.notices(), view.clock());
        return new DevicesView(model, session.connection(), view).screen();
    }

    private static Screen policies(Session session) {
        var view = session.view();
        var model =
                new PoliciesViewModel(
                        session.client(),
                        session.tasks(),
                        session.workspaces(),
                        view.notices(),
                        view.clock());
        return new PoliciesView(model, session.connection(), view).screen();
    }

    private static Screen settings(Session session) {
        return new SettingsView(session.preferences(), session.connection(), session.view());
    }

    private static Screen approvals(Session session) {
        var view = session.view();
        var model =
                new ApprovalsViewModel(
                        session.client(),
                        session.tasks(),
                        view.ticker(),
                        view.notices(),
                        view.clock(),
                        each -> ApprovalText.subject(each, view.messages()));
        return new ApprovalsView(model, session.connection(), view).screen();
    }

    private static Screen usage(Session session) {
        var view = session.view();
        var model =
                new UsageViewModel(session.client(), session.tasks(), view.notices(), view.clock());
        return new UsageView(model, session.connection(), view).screen();
    }

    private static Screen limits(Session session) {
        var view = session.view();
        var model =
                new LimitsViewModel(session.client(), session.tasks(), view.ticker(), view.clock());
        return new LimitsView(model, view).screen();
    }

    private static Screen holds(Session session) {
        var view = session.view();
        var model =
                new HoldsViewModel(session.client(), session.tasks(), view.notices(), view.clock());
        return new HoldsView(model, session.connection(), view).screen();
    }

    private static Screen access(Session session) {
        var view = session.view();
        var model =
                new AccessViewModel(
                        session.client(),
                        session.tasks(),
                        view.notices(),
                        session.navigator(),
                        view.clock());
        return new AccessView(model, session.connection(), view).screen();
    }

    private static Screen vault(Session session) {
        var view = session.view();
        var client = session.client();
        var tasks = session.tasks();
        return new VaultView(
                new KeysViewModel(client, tasks, view.notices(), view.ticker(), view.clock()),
                new BackupsViewModel(client, tasks, view.notices(), view.ticker(), view.clock()),
                session.connection(),
                view);
    }
}
