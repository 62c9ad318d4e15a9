package com.neuralrouter.server.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.snapshot.GatewaySnapshot;
import com.neuralrouter.server.store.Tx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What becomes of a store that somebody changed: nothing is decided by it, and it is told. */
@Tag("store")
class TamperingTest {
    private static final String SECRET = "sk-0123456789abcdef";

    @TempDir private Path folder;
    private PopulatedSite populated;

    @BeforeEach
    void populate() {
        populated = new PopulatedSite(folder);
    }

    @AfterEach
    void close() {
        populated.close();
    }

    @Test
    void refusesEveryChangeAndGoesOnByTheSnapshotThatWasVerified() {
        GatewaySnapshot before = populated.site.snapshots.current();
        AnyRow device = rows("device").getFirst();
        tamper(tx -> device.with(1, "Mallory").replace(tx, device));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> populated.site.workspace("new"))
                    .isInstanceOfSatisfying(
                            AdminRefused.class,
                            it -> assertThat(it.code()).isEqualTo(ProblemCode.STORE_TAMPERED))
                    .hasMessageContaining("device/" + device.name())
                    .hasMessageContaining("restore the last backup");
        }

        assertThat(populated.site.snapshots.current()).isSameAs(before);
        assertThat(rows("workspace")).hasSize(5);
        assertThat(told("change.refused")).hasSize(2);
        assertThat(told("store.tampering_detected"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.target()).isEqualTo("device/" + device.name());
                    assertThat(entry.details())
                            .containsOnlyKeys("table", "row", "what")
                            .containsEntry("what", "altered");
                    assertThat(entry.toString()).doesNotContain("Mallory");
                });
    }

    /** As at the start: there is no snapshot yet, and none comes. */
    @Test
    void publishesNothingThatIsNotVerified() {
        GatewaySnapshot before = populated.site.snapshots.current();
        tamper(tx -> rows(tx, "invitation").getFirst().delete(tx));

        assertThatThrownBy(populated.site.publisher::publish).isInstanceOf(StoreTampered.class);

        assertThat(populated.site.snapshots.current()).isSameAs(before);
        assertThat(told("store.tampering_detected"))
                .extracting(AuditEntry::target)
                .containsExactly("invitation/*");
    }

    @Test
    void goesOnWhenTheStoreIsAsItWas() {
        AnyRow row = rows("site_policy").getFirst();
        tamper(tx -> row.with(1, "{}").replace(tx, row));
        assertThatThrownBy(() -> populated.site.workspace("new")).isInstanceOf(AdminRefused.class);

        tamper(tx -> row.replace(tx, row));

        assertThat(populated.site.workspace("new").name()).isEqualTo("new");
    }

    /**
     * Somebody who could sign rows as well still can't move a secret: it opens in its own place and
     * nowhere else. Every sealed value is put into every other place.
     */
    @Test
    void opensNoSecretThatWasMoved() {
        List<Place> places = places();
        assertThat(places).hasSize(3 + 6);
        var opened = new ArrayList<String>();
        for (Place from : places) {
            for (Place to : places) {
                boolean opens =
                        populated.site.database.read(tx -> {
                            put(tx, from, to);
                            return opensWhatDependsOn(tx, to);
                        });
                if (opens) {
                    opened.add(from + " in " + to);
                }
            }
        }

        assertThat(opened)
                .containsExactlyElementsOf(
                        places.stream().map(place -> place + " in " + place).toList());
    }

    @Test
    void leavesOutASecretThatDoesNotOpenAndTellsItOnce() {
        List<AnyRow> credentials = rows("credential");
        AnyRow first = credentials.getFirst();
        int sealed = 4;
        populated.site.database.write(tx -> {
            first.with(sealed, credentials.getLast().values().get(sealed)).replace(tx, first);
            tx.handle().execute("UPDATE site SET version = version + 1");
            populated.site.integrity.signAll(tx);
            return tx;
        });

        populated.site.publisher.publish();
        populated.site.publisher.publish();

        assertThat(told("secret.tampering_detected"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.target()).isEqualTo("credential/" + first.name());
                    assertThat(entry.workspace()).isEqualTo("research");
                });
        assertThat(populated.site.snapshots.current().workspaces().values())
                .extracting(view -> view.credentials().size())
                .containsExactlyInAnyOrder(0, 0, 1, 2, 2);
    }

    /** A column of one row in which something is sealed. */
    private record Place(AnyRow row, int column) {
        @Override
        public String toString() {
            return row.table().name() + "/" + row.name();
        }
    }

    private List<Place> places() {
        var found = new ArrayList<Place>();
        for (String table : List.of("workspace_key", "credential")) {
            for (AnyRow row : rows(table)) {
                int column =
                        row.table().columns().stream().map(Column::name).toList().indexOf("sealed");
                found.add(new Place(row, column));
            }
        }
        return found;
    }

    private static void put(Tx tx, Place from, Place to) {
        to.row().with(to.column(), from.row().values().get(from.column())).replace(tx, to.row());
    }

    /** The credential that lies there, or one that is sealed under the key that lies there. */
    private boolean opensWhatDependsOn(Tx tx, Place place) {
        Object id = place.row().key().getFirst();
        return populated.credentials.stream()
                .filter(credential ->
                        id.equals(credential.id().value())
                                || id.equals(credential.workspaceId().value()))
                .anyMatch(credential ->
                        populated.site.credentials.sameSecret(
                                tx, credential.workspaceId(), credential.providerId(), SECRET));
    }

    private void tamper(Consumer<Tx> tampering) {
        populated.site.database.write(tx -> {
            tampering.accept(tx);
            return tx;
        });
    }

    private List<AnyRow> rows(String table) {
        return populated.site.database.read(tx -> rows(tx, table));
    }

    private static List<AnyRow> rows(Tx tx, String table) {
        return AnyRow.all(
                tx,
                DecidingTables.ALL.stream()
                        .filter(each -> each.name().equals(table))
                        .findFirst()
                        .orElseThrow());
    }

    private List<AuditEntry> told(String action) {
        return populated.site.entries().stream()
                .filter(entry -> entry.action().equals(action))
                .toList();
    }
}
