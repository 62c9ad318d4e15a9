package com.neuralrouter.server.bootstrap;

import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.budget.BudgetCommands;
import com.neuralrouter.server.budget.BudgetEndpoints;
import com.neuralrouter.server.budget.BudgetKeeper;
import com.neuralrouter.server.incident.IncidentCommands;
import com.neuralrouter.server.incident.IncidentStore;
import com.neuralrouter.server.limit.LimitCommands;
import com.neuralrouter.server.limit.LimitEndpoints;
import com.neuralrouter.server.route.WatchThread;
import com.neuralrouter.server.site.AllowanceRooms;
import com.neuralrouter.server.site.AllowanceStores;
import com.neuralrouter.server.snapshot.Metering;
import com.neuralrouter.server.usage.BudgetUseStore;
import com.neuralrouter.server.workspace.WorkspaceStore;

import java.util.List;

/** What sets limits and budgets, shows them and keeps them right, put together. */
final class MeteringRooms implements AutoCloseable {
    private final AdminPlane.Ground ground;
    private final Metering metering;
    private final SiteReads reads;
    private final WorkspaceStore workspaces;
    private final LimitCommands limits;
    private final BudgetCommands budgets;
    private final BudgetKeeper keeper;
    private final WatchThread thread;

    MeteringRooms(
            AdminPlane.Ground ground,
            Metering metering,
            SiteReads reads,
            AdminTransactions transactions,
            WorkspaceStore workspaces) {
        this.ground = ground;
        this.metering = metering;
        this.reads = reads;
        this.workspaces = workspaces;
        this.limits = new LimitCommands(metering.limits(), ground.ids(), ground.clock());
        this.budgets =
                new BudgetCommands(
                        transactions,
                        metering.budgets(),
                        new IncidentCommands(
                                transactions, new IncidentStore(), ground.ids(), ground.clock()),
                        ground.ids(),
                        ground.clock());
        this.keeper =
                new BudgetKeeper(
                        metering.budgetBook(),
                        new BudgetUseStore(ground.database()),
                        ground.usage(),
                        budgets,
                        this::name,
                        ground.ids(),
                        ground.clock());
        this.thread = new WatchThread("budgets", keeper::tick);
    }

    private String name(WorkspaceId workspace) {
        return reads.read(tx -> workspaces.find(tx, workspace))
                .map(Workspace::name)
                .orElse(workspace.toString());
    }

    AllowanceStores stores() {
        return new AllowanceStores(metering.limits(), metering.budgets());
    }

    AllowanceRooms rooms() {
        return new AllowanceRooms(limits, budgets);
    }

    List<AdminEndpoints> endpoints() {
        return List.of(
                new LimitEndpoints(reads, workspaces, metering.limitBook()),
                new BudgetEndpoints(reads, workspaces, metering.budgetBook(), ground.clock()));
    }

    /** Learns from the records what is spent already, before the first request comes. */
    void count() {
        keeper.fold();
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.close();
    }
}
