package com.neuralrouter.server.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.apikey.StoredApiKey;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.store.Columns;

import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;

/**
 * What verifying and signing cost at a site with many keys; the best of several runs is printed.
 */
@Tag("long")
class IntegrityCostTest {
    private static final int KEYS = 10_000;
    private static final int RUNS = 30;

    @TempDir private Path folder;

    @Test
    void staysBelowASecondForAChangeAmongTenThousandKeys() {
        try (var site = new TestSite(folder)) {
            fill(site, site.workspace("research"));
            Iterator<StoredApiKey> keys = site.reads.read(site.apiKeyStore::all).iterator();

            double verify =
                    best(() ->
                            site.database.read(tx -> {
                                site.integrity.verify(tx, Seen.NOTHING);
                                return tx;
                            }));
            double publish = best(site.publisher::publish);
            double noRow =
                    best(() ->
                            site.apply(_ ->
                                    Audited.of(1, AuditEvent.done("nothing.done", "t", Map.of()))));
            double revoke =
                    best(() ->
                            site.apiKeys.revoke(
                                    site.as(Permission.API_KEYS_MANAGE), keys.next().id()));

            System.getLogger("integrity")
                    .log(
                            System.Logger.Level.INFO,
                            "keys={0} msPerVerification={1} msPerPublish={2}"
                                    + " msPerChangeOfNoRow={3} msPerRevocation={4}",
                            String.valueOf(KEYS),
                            verify,
                            publish,
                            noRow,
                            revoke);
            assertThat(revoke).isLessThan(1000);
        }
    }

    private static void fill(TestSite site, Workspace workspace) {
        site.database.write(tx -> {
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
            tx.handle().execute("UPDATE site SET version = version + 1");
            site.integrity.signAll(tx);
            return tx;
        });
        site.publisher.publish();
    }

    private static double best(Runnable work) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < RUNS; i++) {
            long start = System.nanoTime();
            work.run();
            best = Math.min(best, System.nanoTime() - start);
        }
        return best / 1e6;
    }
}
