package com.neuralrouter.server.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.TestStores;
import com.neuralrouter.server.store.Tx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** A sealed secret opens in the place it was sealed for, and nowhere else. */
@Tag("store")
class KeyRingTest {
    private static final Ids IDS = new Ids(Clock.systemUTC());
    private static final WorkspaceId HOME = new WorkspaceId(IDS.next());
    private static final WorkspaceId OTHER = new WorkspaceId(IDS.next());
    private static final SecretPlace PLACE =
            new SecretPlace(HOME, "credential", "sealed", IDS.next(), "provider-credential");
    private static final byte[] PLAIN = "sk-planted".getBytes(StandardCharsets.UTF_8);

    @TempDir private Path folder;
    private Database database;
    private Vault vault;
    private KeyRing ring;

    @BeforeEach
    void found() {
        database = TestStores.create(folder.resolve("data"));
        vault = TestVault.in(folder);
        ring = ring(vault);
        database.write(tx -> {
            ring.found(tx);
            addWorkspace(tx, HOME, "home");
            addWorkspace(tx, OTHER, "other");
            return tx;
        });
    }

    @AfterEach
    void close() {
        database.close();
        vault.close();
    }

    @Test
    void opensWhatItSealed() {
        try (SecretBytes secret = SecretBytes.copyOf(PLAIN)) {
            byte[] column = database.read(tx -> ring.seal(tx, PLACE, secret).column());

            SecretBytes opened = database.read(tx -> ring.open(tx, PLACE, SealedSecret.of(column)));

            assertThat(opened).isEqualTo(secret);
            assertThat(HexFormat.of().formatHex(column))
                    .doesNotContain(HexFormat.of().formatHex(PLAIN));
        }
    }

    @Test
    void sealsTheSameSecretToOtherBytesEachTime() {
        assertThat(sealed()).isNotEqualTo(sealed());
    }

    static List<SecretPlace> otherPlaces() {
        return List.of(
                new SecretPlace(OTHER, PLACE.table(), PLACE.column(), PLACE.row(), PLACE.purpose()),
                new SecretPlace(HOME, "other", PLACE.column(), PLACE.row(), PLACE.purpose()),
                new SecretPlace(HOME, PLACE.table(), "other", PLACE.row(), PLACE.purpose()),
                new SecretPlace(HOME, PLACE.table(), PLACE.column(), IDS.next(), PLACE.purpose()),
                new SecretPlace(HOME, PLACE.table(), PLACE.column(), PLACE.row(), "other"),
                new SecretPlace(HOME, PLACE.table() + "s", "ealed", PLACE.row(), PLACE.purpose()));
    }

    @ParameterizedTest
    @MethodSource("otherPlaces")
    void refusesACiphertextThatWasMoved(SecretPlace elsewhere) {
        byte[] column = sealed();

        assertThatThrownBy(() ->
                        database.read(tx -> ring.open(tx, elsewhere, SealedSecret.of(column))))
                .isInstanceOf(UnopenableSecret.class)
                .hasMessageNotContaining("planted");
    }

    @Test
    void refusesAnotherWorkspacesKeyInPlaceOfItsOwn() {
        byte[] column = sealed();
        database.write(tx ->
                tx.handle()
                        .execute(
                                """
                                UPDATE workspace_key SET sealed =
                                    (SELECT sealed FROM workspace_key WHERE workspace_id = ?)
                                WHERE workspace_id = ?
                                """,
                                OTHER.value(),
                                HOME.value()));

        assertThatThrownBy(() -> database.read(tx -> ring.open(tx, PLACE, SealedSecret.of(column))))
                .isInstanceOf(UnopenableSecret.class);
    }

    @Test
    void refusesAKeyVersionThatWasChanged() {
        byte[] column = sealed();
        column[4] = 2;

        assertThatThrownBy(() -> database.read(tx -> ring.open(tx, PLACE, SealedSecret.of(column))))
                .isInstanceOf(UnopenableSecret.class)
                .hasMessageContaining("its workspace's key is not there");
    }

    @Test
    void knowsAnotherSitesRootKeyBeforeItTouchesAnything() {
        try (Vault foreign = TestVault.in(folder.resolve("foreign"))) {
            assertThatThrownBy(() ->
                            database.read(tx -> {
                                ring(foreign).verify(tx);
                                return tx;
                            }))
                    .isInstanceOf(VaultUnusable.class)
                    .hasMessageContaining("another site's");
        }
    }

    @Test
    void showsNothingOfAKey() {
        assertThat(vault).hasToString("Vault[redacted]");
        assertThat(SealedSecret.of(sealed())).hasToString("SealedSecret[redacted]");
    }

    private byte[] sealed() {
        try (SecretBytes secret = SecretBytes.copyOf(PLAIN)) {
            return database.read(tx -> ring.seal(tx, PLACE, secret).column());
        }
    }

    private static KeyRing ring(Vault vault) {
        return new KeyRing(vault, new KeyRingStore(), new SecureRandom(), Clock.systemUTC());
    }

    private void addWorkspace(Tx tx, WorkspaceId id, String name) {
        UUID value = id.value();
        tx.handle()
                .execute(
                        """
                        INSERT INTO workspace (id, name, description, state, version, created_at)
                        VALUES (?, ?, '', 'ACTIVE', 1, CURRENT_TIMESTAMP)
                        """,
                        value,
                        name);
        ring.addWorkspace(tx, id);
    }
}
