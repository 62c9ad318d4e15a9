package com.neuralrouter.server.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.EraseFromTrail;
import com.neuralrouter.contract.ErasedFromTrail;
import com.neuralrouter.contract.LegalHold;
import com.neuralrouter.contract.LogProof;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.PlaceLegalHold;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.audit.Actor;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.audit.EntryProofs;
import com.neuralrouter.server.audit.ReadableEntries;
import com.neuralrouter.tlog.TlogProof;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Readable entries go when they may, and not while a hold is on them; every proof stays good. */
@Tag("store")
class RetentionTest {
    @TempDir private Path folder;
    private TestSite site;

    @BeforeEach
    void found() {
        site = new TestSite(folder);
        for (String name : List.of("legal", "research")) {
            site.workspace(name);
        }
        tell("Ada Lovelace", "10.0.0.7", "note", "for Ada Lovelace");
        tell("Grace", "10.0.0.8", "invited", "Ada Lovelace");
    }

    @AfterEach
    void close() {
        site.close();
    }

    private void tell(String name, String address, String detail, String value) {
        site.transactions.record(
                new Actor.Device(
                        new com.neuralrouter.contract.DeviceId(site.ids.next()), name, address),
                site.ids.nextRequest(),
                AuditEvent.done("thing.done", "thing", Map.of(detail, value)));
    }

    private int removeAll() {
        return new Retention(Duration.ZERO, site.transactions, site.readable, site.ids, site.clock)
                .remove();
    }

    private LegalHold hold(String workspace, String actor) {
        return site.retention.place(
                site.as(Permission.AUDIT_MANAGE),
                new PlaceLegalHold("case 7", null, null, workspace, actor));
    }

    private void everyEntryIsStillProven() {
        var proofs = new EntryProofs(site.log);
        long last = site.reads.read(site.auditStore::last);
        for (long number = 1; number <= last; number++) {
            LogProof proof = proofs.ofEntry(number).orElseThrow();
            assertThat(
                            TlogProof.parse(proof.proof())
                                    .proves(
                                            proof.leaf().getBytes(StandardCharsets.UTF_8),
                                            site.log.tree().origin(),
                                            site.log.verifiers()))
                    .as("entry %d", number)
                    .isTrue();
        }
        assertThat(site.log.verify().size()).isEqualTo(site.log.size());
    }

    @Test
    void removesOldEntriesAndEveryProofStaysGood() {
        int before = site.entries().size();

        assertThat(removeAll()).isEqualTo(before);

        assertThat(site.entries())
                .extracting(AuditEntry::action)
                .containsExactly("audit.entries_removed");
        everyEntryIsStillProven();
        site.close();
        site = new TestSite(folder);
        site.workspace("third");
        everyEntryIsStillProven();
    }

    @Test
    void removesNothingThatAHoldIsOnUntilItIsLifted() {
        LegalHold hold = hold("legal", null);

        removeAll();

        assertThat(site.entries())
                .extracting(AuditEntry::action)
                .containsExactly("audit.entries_removed", "workspace.created");
        assertThat(site.entries().getLast().workspace()).isEqualTo("legal");
        site.retention.lift(site.as(Permission.AUDIT_MANAGE), hold.id());
        removeAll();
        assertThat(site.entries())
                .extracting(AuditEntry::action)
                .containsExactly("audit.entries_removed");
        assertThatThrownBy(() -> site.retention.lift(site.as(Permission.AUDIT_MANAGE), hold.id()))
                .isInstanceOf(AdminRefused.class);
    }

    @Test
    void keepsAllWhileAHoldIsOnAllAndSaysNothingOfIt() {
        hold(null, null);
        int before = site.entries().size();

        assertThat(removeAll()).isZero();

        assertThat(site.entries()).hasSize(before);
    }

    @Test
    void erasesANameWhereverItStandsAsAWholeAndTheTreeStaysValid() {
        byte[] root = site.log.tree().root();
        long size = site.log.size();

        ErasedFromTrail done =
                site.retention.erase(
                        site.as(Permission.AUDIT_MANAGE), new EraseFromTrail("Ada Lovelace"));

        assertThat(done).isEqualTo(new ErasedFromTrail(2, 0));
        assertThat(site.entries().toString()).contains("for Ada Lovelace");
        assertThat(site.entries())
                .filteredOn(entry -> entry.action().equals("thing.done"))
                .satisfiesExactly(
                        grace ->
                                assertThat(grace.details())
                                        .containsEntry("invited", ReadableEntries.ERASED),
                        ada -> assertThat(ada.actor().name()).isEqualTo(ReadableEntries.ERASED));
        assertThat(site.entries().getFirst().details())
                .containsEntry("entries", "2")
                .doesNotContainValue("Ada Lovelace");
        assertThat(com.neuralrouter.tlog.TreeProofs.root(site.log.hashes(), size)).isEqualTo(root);
        everyEntryIsStillProven();
    }

    @Test
    void erasesNothingThatAHoldIsOn() {
        AuditEntry grace =
                site.entries().stream()
                        .filter(entry -> entry.actor().name().equals("Grace"))
                        .findFirst()
                        .orElseThrow();
        hold(null, grace.actor().id());

        ErasedFromTrail done =
                site.retention.erase(
                        site.as(Permission.AUDIT_MANAGE), new EraseFromTrail("Ada Lovelace"));

        assertThat(done).isEqualTo(new ErasedFromTrail(1, 1));
        assertThat(site.entries()).contains(grace);
    }
}
