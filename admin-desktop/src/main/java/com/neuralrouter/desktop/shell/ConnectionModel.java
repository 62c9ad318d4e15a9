package com.neuralrouter.desktop.shell;

import com.neuralrouter.contract.ApplianceStatus;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.Persons;
import com.neuralrouter.contract.Problem;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.task.Cancellable;
import com.neuralrouter.desktop.task.Load;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.task.Ticker;
import com.neuralrouter.desktop.ui.Allowed;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Keeps asking the appliance how it is, and tells what that says about the connection and about us:
 * the status bar, the reconnect banner and the permissions of every screen. Window's thread only.
 */
public final class ConnectionModel {
    static final Duration PERIOD = Duration.ofSeconds(3);

    private final AdminClient client;
    private final Ticker ticker;
    private final Loader<ApplianceStatus> status;
    private final ReadOnlyObjectWrapper<Connection> state =
            new ReadOnlyObjectWrapper<>(new Connection.Connecting());
    private final BooleanProperty changesStopped = new SimpleBooleanProperty();
    private Cancellable polling = Cancellable.NOTHING;

    public ConnectionModel(AdminClient client, Tasks tasks, Ticker ticker, Clock clock) {
        this.client = client;
        this.ticker = ticker;
        status = new Loader<>(tasks, clock, "status");
        status.state().addListener((_, _, load) -> follow(load));
    }

    /** Begins to ask, now and every few seconds. */
    public void start() {
        refresh();
        polling.cancel();
        polling = ticker.every(PERIOD, this::poll);
    }

    /** Stops asking. */
    public void stop() {
        polling.cancel();
        status.cancel();
    }

    /** Asks now. */
    public void refresh() {
        status.load(client::status);
    }

    public ReadOnlyObjectProperty<Connection> state() {
        return state.getReadOnlyProperty();
    }

    /** What it last said of itself. */
    public Loader<ApplianceStatus> status() {
        return status;
    }

    /** What we may do, as far as is known. */
    public Set<Permission> permissions() {
        return status.known().map(known -> known.you().permissions()).orElse(Set.of());
    }

    /** Whether that is the person who is at this desktop, as far as is known. */
    public boolean isUs(String person) {
        return status.known()
                .filter(known -> Persons.same(known.you().person(), person))
                .isPresent();
    }

    /** Lets {@link #may} allow no change while that holds. */
    public void stopChangesWhile(ObservableBooleanValue condition) {
        changesStopped.bind(condition);
    }

    /** Whether we may do that; follows a change of role, and whether changes are stopped. */
    public Allowed may(Permission permission) {
        return new Allowed(
                () -> permissions().contains(permission),
                () -> changesStopped.get() && changes(permission),
                status.state(),
                changesStopped);
    }

    private static boolean changes(Permission permission) {
        return switch (permission) {
            case WORKSPACES_MANAGE,
                    WORKSPACES_DELETE,
                    API_KEYS_MANAGE,
                    CREDENTIALS_MANAGE,
                    BACKUPS_MANAGE,
                    DEVICES_MANAGE,
                    KEYS_MANAGE,
                    AUDIT_MANAGE,
                    CONTENT_ERASE,
                    PROVIDERS_MANAGE,
                    CATALOGUE_MANAGE,
                    INCIDENTS_MANAGE,
                    SITE_APPLY,
                    APPROVALS_DECIDE,
                    APPROVALS_MANAGE ->
                    true;
            case STATUS_READ,
                    WORKSPACES_READ,
                    API_KEYS_READ,
                    CREDENTIALS_READ,
                    ROUTES_READ,
                    REQUESTS_READ,
                    CONTENT_READ,
                    USAGE_READ,
                    USAGE_EXPORT,
                    LIMITS_READ,
                    INCIDENTS_READ,
                    AUDIT_READ,
                    BACKUPS_READ,
                    DEVICES_READ,
                    KEYS_READ,
                    SITE_EXPORT,
                    POLICIES_READ,
                    APPROVALS_READ ->
                    false;
        };
    }

    private void poll() {
        if (!status.busy().get()) {
            refresh();
        }
    }

    private void follow(Load<ApplianceStatus> load) {
        switch (load) {
            case Load.Idle<ApplianceStatus>(), Load.Loading<ApplianceStatus>() ->
                    state.set(new Connection.Connecting());
            case Load.Loaded<ApplianceStatus>(ApplianceStatus _, Instant at) -> online(at);
            case Load.Stale<ApplianceStatus>(ApplianceStatus _, Instant _, Trouble trouble) ->
                    lost(trouble);
            case Load.Failed<ApplianceStatus>(Trouble trouble) -> lost(trouble);
        }
    }

    private void online(Instant at) {
        if (!(state.get() instanceof Connection.Online)) {
            state.set(new Connection.Online(at));
        }
    }

    private void lost(Trouble trouble) {
        if (refuses(trouble)) {
            state.set(new Connection.Refused(trouble));
            return;
        }
        state.set(new Connection.Reconnecting(trouble));
    }

    private static boolean refuses(Trouble trouble) {
        return switch (trouble) {
            case Trouble.CertificateRefused _,
                    Trouble.ServerNotTrusted _,
                    Trouble.ServerNameMismatch _ ->
                    true;
            case Trouble.ByAppliance(Problem problem) ->
                    problem.code() == ProblemCode.CERTIFICATE_REFUSED;
            case Trouble.Unreachable _,
                    Trouble.TimedOut _,
                    Trouble.NotUnderstood _,
                    Trouble.Cancelled _,
                    Trouble.ChangesStopped _,
                    Trouble.Defect _ ->
                    false;
        };
    }
}
