package com.neuralrouter.server.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.integrity.Finding.Kind;
import com.neuralrouter.server.secret.MacKey;
import com.neuralrouter.server.store.StoreFailure;
import com.neuralrouter.server.store.Tx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * What the appliance wrote is known, and nothing else is. Each tampering is made and looked at in a
 * transaction that is rolled back, as somebody with a database client would make it.
 */
@Tag("store")
class SiteIntegrityTest {
    @TempDir private static Path folder;
    private static PopulatedSite populated;
    private static Map<String, List<AnyRow>> older;
    private static List<Object> olderSite;
    private final Random random = new Random(20);

    @BeforeAll
    static void populate() {
        populated = new PopulatedSite(folder);
        older = everything();
        olderSite =
                populated.site.database.read(tx ->
                        tx.handle()
                                .createQuery("SELECT version, digest FROM site")
                                .map((row, _) -> List.<Object>of(row.getLong(1), row.getBytes(2)))
                                .one());
        populated.goOn();
    }

    @AfterAll
    static void close() {
        populated.close();
    }

    @Test
    void knowsWhatTheAppliancesOwnCommandsWrote() {
        assertThatCode(() -> after(_ -> {})).doesNotThrowAnyException();
        assertThat(everything()).allSatisfy((_, rows) -> assertThat(rows).isNotEmpty());
    }

    @Test
    void refusesEveryColumnOfEveryTableWhenItsValueIsAnother() {
        var refusedByTheDatabase = new ArrayList<Column>();
        for (DecidingTable table : DecidingTables.ALL) {
            AnyRow row = rows(table).getLast();
            for (int column = 0; column < table.columns().size(); column++) {
                AnyRow changed = row.with(column, other(row, column));
                try {
                    assertThat(findings(tx -> changed.replace(tx, row)))
                            .as("%s.%s", table.name(), table.columns().get(column).name())
                            .contains(new Finding(table.name(), changed.name(), Kind.ALTERED));
                } catch (StoreFailure _) {
                    refusedByTheDatabase.add(table.columns().get(column));
                }
            }
        }

        assertThat(refusedByTheDatabase)
                .as("ids, which have to be there, and once only")
                .hasSizeLessThan(13)
                .allMatch(column -> column.name().endsWith("id"));
    }

    /** Another value; where it refers to a row, that of another row there is. */
    private Object other(AnyRow row, int column) {
        Column of = row.table().columns().get(column);
        Object value = row.values().get(column);
        return of.name().endsWith("_id")
                ? rows(of.name().replace("_id", "")).stream()
                        .map(each -> each.values().getFirst())
                        .filter(id -> !id.equals(value))
                        .findFirst()
                        .orElseThrow()
                : OtherValues.than(value, of.type(), random);
    }

    @Test
    void refusesEveryTableWhoseRowHasAnotherCodeOrNone() {
        for (DecidingTable table : DecidingTables.ALL) {
            AnyRow row = rows(table).getFirst();
            byte[] mac = (byte[]) row.values().get(row.mac());
            for (byte[] other : new byte[][] {null, {}, OtherValues.flipped(mac, random)}) {
                assertThat(findings(tx -> row.with(row.mac(), other).replace(tx, row)))
                        .as(table.name())
                        .contains(new Finding(table.name(), row.name(), Kind.ALTERED));
            }
        }
    }

    @Test
    void refusesARowThatIsMissing() {
        AnyRow invitation = rows("invitation").getLast();

        assertThat(findings(invitation::delete))
                .containsExactly(
                        new Finding("invitation", "*", Kind.ROWS_REMOVED_ADDED_OR_PUT_BACK));
    }

    @Test
    void refusesARowThatWasPutBackWithItsOwnCode() {
        for (String table :
                List.of("workspace", "api_key", "credential", "site_policy", "device")) {
            AnyRow row = older.get(table).getFirst();
            assertThat(findings(tx -> row.replace(tx, row)))
                    .containsExactly(new Finding(table, "*", Kind.ROWS_REMOVED_ADDED_OR_PUT_BACK));
        }
    }

    @Test
    void refusesTwoRowsThatHaveChangedPlaces() {
        List<AnyRow> keys = rows("workspace_key");
        AnyRow first = keys.getFirst();
        AnyRow second = keys.getLast();
        int sealed = 3;

        assertThat(
                        findings(tx -> {
                            first.with(sealed, second.values().get(sealed)).replace(tx, first);
                            second.with(sealed, first.values().get(sealed)).replace(tx, second);
                        }))
                .containsExactly(
                        new Finding("workspace_key", first.name(), Kind.ALTERED),
                        new Finding("workspace_key", second.name(), Kind.ALTERED));
    }

    @Test
    void refusesASiteWithAnotherVersionDigestOrNone() {
        assertThat(findings(tx -> execute(tx, "UPDATE site SET version = version - 1")))
                .containsExactly(new Finding("site", "1", Kind.ALTERED));
        assertThat(findings(tx -> execute(tx, "UPDATE site SET digest = NULL")))
                .containsExactly(new Finding("site", "1", Kind.NO_DIGEST));
        assertThat(findings(tx -> execute(tx, "DELETE FROM site")))
                .containsExactly(new Finding("site", "1", Kind.NO_DIGEST));
    }

    /** Every row, every code and the digest fit each other; they are only not the last ones. */
    @Test
    void refusesAWholeStoreThatWasPutBackWhileTheApplianceRuns() {
        assertThat(findings(SiteIntegrityTest::putBackEverything))
                .containsExactly(new Finding("site", "1", Kind.STORE_PUT_BACK));
    }

    /** What the row of the site can't tell by itself: a checkpoint off the box has to. */
    @Test
    void takesAWholeStoreThatWasPutBackWhileTheApplianceWasStopped() {
        assertThatCode(() ->
                        populated.site.database.read(tx -> {
                            putBackEverything(tx);
                            populated.site.integrity.verify(tx, Seen.NOTHING);
                            return tx;
                        }))
                .doesNotThrowAnyException();
    }

    private static void putBackEverything(Tx tx) {
        for (DecidingTable table : DecidingTables.ALL) {
            List<String> then = older.get(table.name()).stream().map(AnyRow::name).toList();
            AnyRow.all(tx, table).stream()
                    .filter(row -> !then.contains(row.name()))
                    .forEach(row -> row.delete(tx));
        }
        older.values().forEach(rows -> rows.forEach(row -> row.replace(tx, row)));
        tx.handle().execute("UPDATE site SET version = ?, digest = ?", olderSite.toArray());
    }

    @Test
    void signsNothingThatTheTransactionDidNotTouch(@TempDir Path other) {
        try (var site = new TestSite(other)) {
            site.workspace("research");

            assertThatThrownBy(() ->
                            site.apply(tx -> {
                                execute(tx, "UPDATE workspace SET state = 'SUSPENDED'");
                                return Audited.of(
                                        1, AuditEvent.done("thing.made", "thing/1", Map.of()));
                            }))
                    .hasCauseInstanceOf(StoreTampered.class);
            assertThatThrownBy(site.publisher::publish)
                    .isInstanceOfSatisfying(
                            StoreTampered.class,
                            it ->
                                    assertThat(it.findings())
                                            .extracting(Finding::table, Finding::kind)
                                            .containsExactly(tuple("workspace", Kind.ALTERED)));
        }
    }

    @Test
    void findsAnotherSitesRows() {
        try (MacKey other = MacKey.owning(new byte[MacKey.BYTES])) {
            assertThatThrownBy(() ->
                            populated.site.database.read(tx -> {
                                new SiteIntegrity(other).verify(tx, Seen.NOTHING);
                                return tx;
                            }))
                    .isInstanceOf(StoreTampered.class)
                    .hasMessageContaining("site/1 (altered)");
        }
    }

    @Test
    void namesRowsAndNeverAValue() {
        AnyRow device = rows("device").getFirst();
        int name = 1;

        var tampered = tampered(tx -> device.with(name, "Mallory").replace(tx, device));

        assertThat(tampered).hasMessageContaining("device/" + device.name());
        assertThat(tampered.getMessage()).doesNotContain("Mallory", "Anna");
    }

    private static Map<String, List<AnyRow>> everything() {
        var found = new HashMap<String, List<AnyRow>>();
        for (DecidingTable table : DecidingTables.ALL) {
            found.put(table.name(), rows(table));
        }
        return found;
    }

    private static List<AnyRow> rows(String table) {
        return everything().get(table);
    }

    private static List<AnyRow> rows(DecidingTable table) {
        return populated.site.database.read(tx -> AnyRow.all(tx, table));
    }

    private static List<Finding> findings(Consumer<Tx> tampering) {
        return tampered(tampering).findings();
    }

    private static StoreTampered tampered(Consumer<Tx> tampering) {
        try {
            after(tampering);
        } catch (StoreTampered tampered) {
            return tampered;
        }
        throw new AssertionError("it was not noticed");
    }

    private static void after(Consumer<Tx> tampering) {
        Seen seen = populated.site.integrity.seen();
        populated.site.database.read(tx -> {
            tampering.accept(tx);
            populated.site.integrity.verify(tx, seen);
            return tx;
        });
    }

    private static void execute(Tx tx, String sql) {
        tx.handle().execute(sql);
    }
}
