package com.neuralrouter.server.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.UpstreamDocument;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.apikey.StoredApiKey;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.provider.StoredProvider;
import com.neuralrouter.server.route.StoredRoute;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What verifying, signing and publishing cost at a site with many keys and routes; the best of
 * several runs is printed.
 */
@Tag("long")
@Tag("store")
class IntegrityCostTest {
    private static final int KEYS = 100_000;
    private static final int ROUTES = 1_000;
    private static final int WORKSPACES = 100;
    private static final int RUNS = 20;

    @TempDir private Path folder;

    @Test
    void publishesAChangeAmongAHundredThousandKeysInATenthOfASecond() {
        try (var site = new TestSite(folder)) {
            fill(site);
            Iterator<StoredApiKey> keys = site.reads.read(site.apiKeyStore::all).iterator();
            List<StoredRoute> routes = site.reads.read(site.routeStore::all);
            Iterator<StoredRoute> next = routes.iterator();

            Took verified =
                    best(
                            site,
                            () ->
                                    site.database.read(
                                            tx -> site.integrity.verifyAll(tx, Seen.NOTHING)));
            Took nothing = best(site, () -> site.apply(IntegrityCostTest::nothing));
            Took revoked =
                    best(
                            site,
                            () ->
                                    site.apiKeys.revoke(
                                            site.as(Permission.API_KEYS_MANAGE), keys.next().id()));
            Took route = best(site, () -> site.apply(tx -> changed(site, tx, next.next())));
            Took workspace = best(site, () -> site.workspace("w" + site.ids.next()));

            System.out.printf(
                    "%d keys, %d routes, %d workspaces: reading and verifying all %.0f ms%n",
                    KEYS, routes.size(), WORKSPACES, verified.millis());
            print("a change of no row", nothing);
            print("a key revoked", revoked);
            print("a route changed", route);
            print("a workspace made", workspace);
            assertThat(site.snapshots.current().keys()).hasSize(KEYS);
            assertThat(revoked.publishMillis()).isLessThan(100);
            assertThat(route.publishMillis()).isLessThan(100);
        }
    }

    /**
     * With the options that the product is started with, in a process of its own. What keeps a
     * request waiting on a busy machine has other causes too, so the time between two requests
     * while changes are published is held against the same time without changes.
     */
    @Test
    void requestsGoOnWhileAChangeIsPublished() throws Exception {
        String printed = PublishingAmongRequests.run(folder);

        System.out.print(printed);
        assertThat(printed.lines()).contains("no pause");
    }

    private static void print(String what, Took took) {
        System.out.printf(
                "%s: %.1f ms to its acknowledgement, %.1f ms of them publishing%n",
                what, took.millis(), took.publishMillis());
    }

    private static Audited<Integer> nothing(Tx tx) {
        return Audited.of(1, AuditEvent.done("nothing.done", "t", Map.of()));
    }

    static Audited<StoredRoute> changed(TestSite site, Tx tx, StoredRoute route) {
        return site.routes.updateIn(tx, route.id(), document(route.name(), "changed"));
    }

    private static RouteDocument document(String model, String upstreamModel) {
        return new RouteDocument(
                model,
                model,
                List.of("*"),
                List.of(
                        new UpstreamDocument("first", upstreamModel),
                        new UpstreamDocument("second", null)));
    }

    static void fill(TestSite site) {
        site.provider("first");
        site.provider("second");
        Workspace research = site.workspace("research");
        for (int i = 1; i < WORKSPACES; i++) {
            site.workspace("workspace-" + i);
        }
        site.database.write(tx -> {
            keys(site, tx, research);
            routes(site, tx);
            tx.handle().execute("UPDATE site SET version = version + 1");
            site.integrity.signAll(tx);
            return tx;
        });
        site.publisher.publish();
    }

    private static void keys(TestSite site, Tx tx, Workspace workspace) {
        PreparedBatch batch =
                tx.handle()
                        .prepareBatch(
                                """
                                INSERT INTO api_key (id, workspace_id, name, kid, reference,
                                    last_four, created_at)
                                VALUES (?, ?, ?, ?, ?, ?, ?)
                                """);
        for (int i = 0; i < KEYS; i++) {
            batch.add(
                    site.ids.next(),
                    workspace.id().value(),
                    "key " + i,
                    "k" + i,
                    ByteBuffer.allocate(32).putInt(i).array(),
                    "abcd",
                    Columns.time(Columns.now(site.clock)));
        }
        batch.execute();
    }

    private static void routes(TestSite site, Tx tx) {
        List<StoredProvider> providers = site.providerStore.all(tx);
        PreparedBatch routes =
                tx.handle()
                        .prepareBatch(
                                """
                                INSERT INTO route (id, name, model, all_workspaces, created_at)
                                VALUES (?, ?, ?, TRUE, ?)
                                """);
        PreparedBatch upstreams =
                tx.handle()
                        .prepareBatch(
                                """
                                INSERT INTO route_upstream (route_id, position, provider_id, model)
                                VALUES (?, ?, ?, 'm')
                                """);
        for (int i = 0; i < ROUTES; i++) {
            UUID id = site.ids.next();
            routes.add(id, "model-" + i, "model-" + i, Columns.time(Columns.now(site.clock)));
            for (int position = 0; position < providers.size(); position++) {
                upstreams.add(id, position, providers.get(position).endpoint().id().value());
            }
        }
        routes.execute();
        upstreams.execute();
    }

    private record Took(double millis, double publishMillis) {}

    private static Took best(TestSite site, Runnable work) {
        long best = Long.MAX_VALUE;
        long bestPublish = Long.MAX_VALUE;
        for (int i = 0; i < RUNS; i++) {
            long start = System.nanoTime();
            work.run();
            best = Math.min(best, System.nanoTime() - start);
            bestPublish = Math.min(bestPublish, site.publishedInNanos);
        }
        return new Took(best / 1e6, bestPublish / 1e6);
    }
}
