package com.neuralrouter.server.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.CreateApiKey;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.apikey.StoredApiKey;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.store.Tx;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A site at which every table is too large to be read by each change: what is read or written is
 * verified then, and what is not decides nothing.
 */
@Tag("store")
class UnreadTablesTest {
    @TempDir private Path folder;
    private TestSite site;
    private Workspace research;

    @BeforeEach
    void found() {
        site = new TestSite(folder, 0);
        research = site.workspace("research");
        for (String name : List.of("a", "b", "c")) {
            site.apiKeys.create(
                    site.as(Permission.API_KEYS_MANAGE),
                    research.id(),
                    new CreateApiKey(name, null));
        }
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void goOnToBeWhatTheWholeStoreSays() {
        revoke(key("b"));
        site.apply(tx -> site.policies.setSiteIn(tx, null, TestSite.cause()));
        site.provider("first");

        assertThat(site.snapshots.current())
                .usingRecursiveComparison()
                .isEqualTo(site.compiledAnew());
    }

    @Test
    void areVerifiedRowByRowBeforeARowIsRead() {
        tamper("UPDATE api_key SET name = 'x' WHERE name = 'b'");

        assertRefused(() -> revoke(key("x")), "api_key/" + key("x").id());
    }

    @Test
    void areVerifiedRowByRowBeforeARowIsWritten() {
        StoredApiKey b = key("b");
        tamper("UPDATE api_key SET revoked_at = CURRENT_TIMESTAMP WHERE name = 'b'");

        assertRefused(
                () ->
                        site.apply(tx -> {
                            tx.touched("api_key", b.id().value());
                            execute(tx, "UPDATE api_key SET last_four = 'zzzz' WHERE name = 'b'");
                            return nothing();
                        }),
                "api_key/" + b.id());
        assertFound("api_key/" + b.id());
    }

    /** Otherwise the row would come back with the change's own signature. */
    @Test
    void doNotTakeARowBackThatWasRemoved() {
        StoredApiKey b = key("b");
        tamper("DELETE FROM api_key WHERE name = 'b'");

        assertRefused(() -> revoke(b), "api_key/*");
        assertFound("api_key/*");
    }

    @Test
    void doNotTakeAnOlderRowWithItsOwnCode() {
        StoredApiKey b = key("b");
        AnyRow before = row(b);
        revoke(b);
        site.database.write(tx -> {
            before.replace(tx, before);
            return tx;
        });

        assertRefused(() -> revoke(b), "api_key/*");
        assertFound("api_key/*");
    }

    @Test
    void areVerifiedWholeBeforeAStatementThatDidNotTellItsRows() {
        tamper("UPDATE api_key SET name = 'x' WHERE name = 'b'");

        assertRefused(
                () ->
                        site.apply(tx -> {
                            site.apiKeyStore.active(tx, research.id(), site.clock.instant());
                            return nothing();
                        }),
                "api_key/" + key("x").id());
    }

    @Test
    void areVerifiedWholeThoughTheChangeHasWrittenSomeOfTheirRows() {
        StoredApiKey b = key("b");

        List<StoredApiKey> active =
                site.apply(tx -> {
                    tx.touched("api_key", b.id().value());
                    tx.handle()
                            .createUpdate("UPDATE api_key SET last_four = 'zzzz' WHERE name = 'b'")
                            .define(Tx.TOLD, "api_key")
                            .execute();
                    return Audited.of(
                            site.apiKeyStore.active(tx, research.id(), site.clock.instant()),
                            AuditEvent.done("nothing.done", "t", Map.of()));
                });

        assertThat(active).hasSize(3);
        assertThat(site.snapshots.current())
                .usingRecursiveComparison()
                .isEqualTo(site.compiledAnew());
    }

    @Test
    void decideNothingByWhatNobodyRead() {
        StoredApiKey b = key("b");
        tamper("DELETE FROM api_key WHERE name = 'b'");

        revoke(key("a"));
        site.workspace("another");

        assertThat(site.snapshots.current().keys()).containsKey(b.kid()).hasSize(3);
        assertThat(site.snapshots.current().keys().get(key("a").kid()).revoked()).isTrue();
        assertFound("api_key/*");
    }

    @Test
    void refuseEveryChangeOnceTheInspectionHasFoundSomething() {
        tamper("DELETE FROM api_key WHERE name = 'b'");
        site.workspace("before");

        site.inspection.inspect();

        assertThat(site.entries())
                .filteredOn(entry -> entry.action().equals("store.tampering_detected"))
                .extracting(AuditEntry::target)
                .containsExactly("api_key/*");
        assertRefused(() -> site.workspace("new"), "api_key/*");
        assertRefused(() -> site.workspace("newer"), "api_key/*");
    }

    @Test
    void areForgottenWhenAChangeDoesNotCommit() {
        StoredApiKey b = key("b");
        assertThatThrownBy(() ->
                        site.apply(tx -> {
                            tx.touched("api_key", b.id().value());
                            execute(tx, "DELETE FROM api_key WHERE name = 'b'");
                            throw new IllegalStateException("no");
                        }))
                .hasMessage("no");

        revoke(b);

        assertThat(site.snapshots.current())
                .usingRecursiveComparison()
                .isEqualTo(site.compiledAnew());
    }

    private StoredApiKey key(String name) {
        return site.reads.read(site.apiKeyStore::all).stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private AnyRow row(StoredApiKey key) {
        UUID id = key.id().value();
        return site.database.read(tx ->
                AnyRow.all(tx, table()).stream()
                        .filter(row -> row.key().getFirst().equals(id))
                        .findFirst()
                        .orElseThrow());
    }

    private static DecidingTable table() {
        return DecidingTables.ALL.stream()
                .filter(table -> table.name().equals("api_key"))
                .findFirst()
                .orElseThrow();
    }

    private void revoke(StoredApiKey key) {
        site.apiKeys.revoke(site.as(Permission.API_KEYS_MANAGE), key.id());
    }

    private static Audited<Integer> nothing() {
        return Audited.of(1, AuditEvent.done("nothing.done", "t", Map.of()));
    }

    private void tamper(String sql) {
        write(tx -> execute(tx, sql));
    }

    private void write(Consumer<Tx> tampering) {
        site.database.write(tx -> {
            tampering.accept(tx);
            return tx;
        });
    }

    private static void execute(Tx tx, String sql) {
        assertThat(tx.handle().execute(sql)).as(sql).isEqualTo(1);
    }

    private static void assertRefused(ThrowingCallable change, String target) {
        assertThatThrownBy(change)
                .isInstanceOfSatisfying(
                        AdminRefused.class,
                        it -> assertThat(it.code()).isEqualTo(ProblemCode.STORE_TAMPERED))
                .hasMessageContaining(target);
    }

    /** No change has made it good. */
    private void assertFound(String target) {
        assertThatThrownBy(
                        () -> site.database.read(tx -> site.integrity.verifyAll(tx, Seen.NOTHING)))
                .isInstanceOf(StoreTampered.class)
                .hasMessageContaining(target);
    }
}
