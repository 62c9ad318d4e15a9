package com.neuralrouter.server.bootstrap;

import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.catalogue.CatalogueCommands;
import com.neuralrouter.server.catalogue.CatalogueEndpoints;
import com.neuralrouter.server.catalogue.Catalogues;
import com.neuralrouter.server.snapshot.Snapshots;
import com.neuralrouter.server.usage.RequestEndpoints;
import com.neuralrouter.server.usage.UsageEndpoints;
import com.neuralrouter.server.usage.UsageReports;
import com.neuralrouter.server.usage.UsageSums;

import java.util.List;

/** What knows models and their prices, and what sums requests up, put together. */
final class UsageRooms implements AutoCloseable {
    private final AdminPlane.Ground ground;
    private final SiteReads reads;
    private final AdminTransactions transactions;
    private final Catalogues catalogues;
    private final UsageSums sums;

    UsageRooms(
            AdminPlane.Ground ground,
            SiteReads reads,
            AdminTransactions transactions,
            Catalogues catalogues,
            Snapshots snapshots) {
        this.ground = ground;
        this.reads = reads;
        this.transactions = transactions;
        this.catalogues = catalogues;
        this.sums =
                new UsageSums(
                        ground.config().usage(),
                        ground.database(),
                        ground.usage(),
                        transactions,
                        () -> snapshots.current().catalogue().prices().currency(),
                        ground.ids(),
                        ground.clock());
    }

    void start() {
        sums.start();
    }

    List<AdminEndpoints> endpoints() {
        return List.of(
                new RequestEndpoints(ground.usage()),
                new UsageEndpoints(new UsageReports(ground.database(), transactions)),
                new CatalogueEndpoints(
                        reads,
                        catalogues,
                        new CatalogueCommands(transactions, catalogues, ground.clock())));
    }

    @Override
    public void close() {
        sums.close();
    }
}
