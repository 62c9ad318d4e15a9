package com.neuralrouter.server.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.PutCredential;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.apikey.StoredApiKey;
import com.neuralrouter.server.provider.StoredProvider;
import com.neuralrouter.server.store.StoreFailure;
import com.neuralrouter.server.store.Tx;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Random tampering, each followed by a random change, at a site at which no table is read by every
 * change. The change is refused or not, by what it reads; either way the tampering is not made
 * good, and nothing of it gets into what requests are decided by.
 */
@Tag("store")
class LargeSiteTamperingTest {
    private static final long SEED = 20_261_129;
    private static final int CASES = 50;

    @TempDir private Path folder;
    private final Random random = new Random(SEED);

    @Test
    void isNeverMadeGoodAndNeverDecides() {
        try (var site = new TestSite(folder, 0);
                var populated = new PopulatedSite(site)) {
            populated.goOn();
            int refused = 0;
            int databaseRefused = 0;
            for (int number = 0; number < CASES; ) {
                Map<DecidingTable, List<AnyRow>> before = rows(site);
                try {
                    site.database.write(tx -> tamper(tx, before));
                } catch (StoreFailure _) {
                    databaseRefused++;
                    continue;
                }
                Map<DecidingTable, List<AnyRow>> tampered = rows(site);
                if (differences(before, tampered) == 0) {
                    continue;
                }
                String context = "seed " + SEED + ", case " + number;

                refused += change(populated) ? 0 : 1;

                assertThat(isFound(site)).as(context + ": found by reading all").isTrue();
                undo(site, before, tampered);
                assertThat(isFound(site)).as(context + ": found though undone").isFalse();
                site.publisher.publish();
                assertThat(site.snapshots.current())
                        .as(context)
                        .usingRecursiveComparison()
                        .isEqualTo(site.compiledAnew());
                number++;
            }
            System.getLogger("integrity")
                    .log(
                            System.Logger.Level.INFO,
                            "cases={0} changesRefused={1} changesMade={2}"
                                    + " refusedByTheDatabaseItself={3}",
                            CASES,
                            refused,
                            CASES - refused,
                            databaseRefused);
            assertThat(refused).isBetween(5, CASES - 5);
        }
    }

    private Tx tamper(Tx tx, Map<DecidingTable, List<AnyRow>> rows) {
        DecidingTable table = any(DecidingTables.ALL);
        if (rows.get(table).isEmpty()) {
            return tx;
        }
        AnyRow row = any(rows.get(table));
        AnyRow other = any(rows.get(table));
        int column = table.key().size() + random.nextInt(1 + table.others().size());
        switch (random.nextInt(4)) {
            case 0 -> row.delete(tx);
            case 1 -> {
                if (column < row.mac()) {
                    var type = table.columns().get(column).type();
                    Object value = OtherValues.than(row.values().get(column), type, random);
                    row.with(column, value).replace(tx, row);
                }
            }
            case 2 -> row.with(column, other.values().get(column)).replace(tx, row);
            default -> {
                byte[] mac = (byte[]) row.values().get(row.mac());
                row.with(row.mac(), OtherValues.flipped(mac, random)).replace(tx, row);
            }
        }
        return tx;
    }

    /** Whether it was made. */
    private boolean change(PopulatedSite populated) {
        TestSite site = populated.site;
        Workspace workspace = any(populated.workspaces);
        StoredProvider provider = any(populated.providers);
        try {
            switch (random.nextInt(6)) {
                case 0 -> populated.key(workspace, "key " + random.nextInt());
                case 1 -> {
                    List<StoredApiKey> keys = site.reads.read(site.apiKeyStore::all);
                    if (!keys.isEmpty()) {
                        site.apiKeys.revoke(site.as(Permission.API_KEYS_MANAGE), any(keys).id());
                    }
                }
                case 2 ->
                        site.apply(tx ->
                                site.policies.setSiteIn(
                                        tx,
                                        new PolicyDocument(
                                                null, null, null, 1 + random.nextInt(5000), null),
                                        TestSite.cause()));
                case 3 ->
                        site.apply(tx ->
                                site.workspaces.changeIn(
                                        tx,
                                        workspace.id(),
                                        "text " + random.nextInt(),
                                        Workspace.State.ACTIVE,
                                        OptionalLong.empty()));
                case 4 ->
                        site.credentials.put(
                                site.as(Permission.CREDENTIALS_MANAGE),
                                workspace.id(),
                                new PutCredential(
                                        provider.endpoint().id(), null, "sk-" + random.nextLong()));
                default -> site.workspace("w" + random.nextInt(1_000_000_000));
            }
            return true;
        } catch (AdminRefused refused) {
            assertThat(refused.code()).isEqualTo(ProblemCode.STORE_TAMPERED);
            return false;
        } catch (IllegalStateException notPublished) {
            assertThat(notPublished).hasRootCauseInstanceOf(StoreTampered.class);
            return false;
        }
    }

    private static boolean isFound(TestSite site) {
        try {
            site.database.read(tx -> site.integrity.verifyAll(tx, Seen.NOTHING));
            return false;
        } catch (StoreTampered _) {
            return true;
        }
    }

    private static Map<DecidingTable, List<AnyRow>> rows(TestSite site) {
        return site.database.read(tx -> {
            var found = new HashMap<DecidingTable, List<AnyRow>>();
            DecidingTables.ALL.forEach(table -> found.put(table, AnyRow.all(tx, table)));
            return found;
        });
    }

    private static int differences(
            Map<DecidingTable, List<AnyRow>> one, Map<DecidingTable, List<AnyRow>> other) {
        return DecidingTables.ALL.stream().mapToInt(table -> lost(one, other, table).size()).sum();
    }

    /** The rows of a table that are not in the other state, or not so. */
    private static List<AnyRow> lost(
            Map<DecidingTable, List<AnyRow>> one,
            Map<DecidingTable, List<AnyRow>> other,
            DecidingTable table) {
        var found = new ArrayList<AnyRow>();
        for (AnyRow row : one.get(table)) {
            Optional<AnyRow> there = same(row, other.get(table));
            if (there.isEmpty() || !there.get().sameAs(row)) {
                found.add(row);
            }
        }
        return found;
    }

    private static Optional<AnyRow> same(AnyRow row, List<AnyRow> rows) {
        return rows.stream().filter(each -> each.key().equals(row.key())).findFirst();
    }

    /** Puts back what the tampering changed, and leaves what the change after it has made. */
    private static void undo(
            TestSite site,
            Map<DecidingTable, List<AnyRow>> before,
            Map<DecidingTable, List<AnyRow>> tampered) {
        site.database.write(tx -> {
            for (DecidingTable table : DecidingTables.ALL) {
                for (AnyRow row : lost(before, tampered, table)) {
                    if (same(row, tampered.get(table)).isPresent()) {
                        row.replace(tx, row);
                    } else {
                        row.insert(tx);
                    }
                }
            }
            return tx;
        });
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
