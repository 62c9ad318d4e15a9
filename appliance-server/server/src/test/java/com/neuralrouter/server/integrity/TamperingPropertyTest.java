package com.neuralrouter.server.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.store.StoreFailure;
import com.neuralrouter.server.store.Tx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Whatever somebody does to the rows that decide is refused. What is done is drawn at random over
 * all tables, by somebody who has every row, code and digest that the store ever had, and lacks
 * only the keys.
 */
@Tag("store")
class TamperingPropertyTest {
    private static final int CASES = 600;
    private static final long SEED = 20_261_123;

    @TempDir private static Path folder;
    private static PopulatedSite populated;
    private static final Map<DecidingTable, List<AnyRow>> OLDER = new HashMap<>();
    private static final Map<DecidingTable, List<AnyRow>> NOW = new HashMap<>();
    private static byte[] olderDigest;
    private static byte[] digest;

    /** What is done to the store. */
    private enum Attack {
        CHANGE_A_VALUE,
        FLIP_A_BIT_OF_A_CODE,
        FLIP_A_BIT_OF_BYTES,
        SWAP_A_COLUMN_OF_TWO_ROWS,
        SWAP_TWO_ROWS_BUT_THEIR_KEYS,
        TAKE_A_COLUMN_OF_AN_OLDER_VERSION,
        PUT_A_ROW_BACK,
        PUT_A_TABLE_BACK_WITH_THE_DIGEST,
        REMOVE_A_ROW,
        DUPLICATE_A_ROW,
        FLIP_A_BIT_OF_THE_DIGEST,
        PUT_THE_DIGEST_BACK
    }

    @BeforeAll
    static void populate() {
        populated = new PopulatedSite(folder);
        remember(OLDER);
        olderDigest = populated.site.database.read(TamperingPropertyTest::digest);
        populated.goOn();
        remember(NOW);
        digest = populated.site.database.read(TamperingPropertyTest::digest);
    }

    private static void remember(Map<DecidingTable, List<AnyRow>> in) {
        populated.site.database.read(tx -> {
            DecidingTables.ALL.forEach(table -> in.put(table, AnyRow.all(tx, table)));
            return in;
        });
    }

    @AfterAll
    static void close() {
        populated.close();
    }

    @Test
    void isRefusedWhateverIsDone() {
        var random = new Random(SEED);
        var refusedByTheDatabase = 0;
        var refused = new EnumMap<Attack, Integer>(Attack.class);
        for (int number = 0; number < CASES; ) {
            Attack attack = Attack.values()[random.nextInt(Attack.values().length)];
            long caseSeed = random.nextLong();
            try {
                Outcome outcome = outcome(attack, new Random(caseSeed));
                if (outcome == Outcome.NOTHING_CHANGED) {
                    continue;
                }
                assertThat(outcome)
                        .as("seed %d, case %d: %s", SEED, number, attack)
                        .isEqualTo(Outcome.REFUSED);
                refused.merge(attack, 1, Integer::sum);
                number++;
            } catch (StoreFailure _) {
                refusedByTheDatabase++;
            }
        }

        System.getLogger("integrity")
                .log(
                        System.Logger.Level.INFO,
                        "refused={0} refusedByTheDatabaseItself={1}",
                        refused,
                        refusedByTheDatabase);
        assertThat(refused).containsOnlyKeys(Attack.values());
        assertThat(populated.site.reads.read(TamperingPropertyTest::verifies)).isTrue();
    }

    private enum Outcome {
        REFUSED,
        TAKEN,
        NOTHING_CHANGED
    }

    /** In a transaction that is rolled back, so that each case begins with the site as it is. */
    private static Outcome outcome(Attack attack, Random random) {
        return populated.site.database.read(tx -> {
            attack(tx, attack, random);
            if (same(tx)) {
                return Outcome.NOTHING_CHANGED;
            }
            return verifies(tx) ? Outcome.TAKEN : Outcome.REFUSED;
        });
    }

    private static boolean verifies(Tx tx) {
        try {
            populated.site.integrity.verify(tx, Seen.NOTHING);
            return true;
        } catch (StoreTampered _) {
            return false;
        }
    }

    /** Whether an attack happened to change nothing, such as a swap of two equal values. */
    private static boolean same(Tx tx) {
        for (DecidingTable table : DecidingTables.ALL) {
            List<AnyRow> rows = AnyRow.all(tx, table);
            if (rows.size() != NOW.get(table).size()) {
                return false;
            }
            for (int i = 0; i < rows.size(); i++) {
                if (!rows.get(i).sameAs(NOW.get(table).get(i))) {
                    return false;
                }
            }
        }
        return Arrays.equals(digest(tx), digest);
    }

    private static void attack(Tx tx, Attack attack, Random random) {
        DecidingTable table = any(DecidingTables.ALL, random);
        List<AnyRow> rows = NOW.get(table);
        if (rows.isEmpty()) {
            return;
        }
        AnyRow row = any(rows, random);
        AnyRow other = any(rows, random);
        int column = random.nextInt(table.columns().size());
        switch (attack) {
            case CHANGE_A_VALUE -> {
                Column.Type type = table.columns().get(column).type();
                Object value = OtherValues.than(row.values().get(column), type, random);
                row.with(column, value).replace(tx, row);
            }
            case FLIP_A_BIT_OF_A_CODE ->
                    row.with(row.mac(), flipped(row, row.mac(), random)).replace(tx, row);
            case FLIP_A_BIT_OF_BYTES -> {
                int at = firstOf(table, Column.Type.BYTES);
                if (at >= 0) {
                    row.with(at, flipped(row, at, random)).replace(tx, row);
                }
            }
            case SWAP_A_COLUMN_OF_TWO_ROWS -> {
                row.with(column, other.values().get(column)).replace(tx, row);
                other.with(column, row.values().get(column)).replace(tx, other);
            }
            case SWAP_TWO_ROWS_BUT_THEIR_KEYS -> {
                row.withKeyOf(other).replace(tx, other);
                other.withKeyOf(row).replace(tx, row);
            }
            case TAKE_A_COLUMN_OF_AN_OLDER_VERSION ->
                    older(row)
                            .ifPresent(was ->
                                    row.with(column, was.values().get(column)).replace(tx, row));
            case PUT_A_ROW_BACK -> older(row).ifPresent(was -> was.replace(tx, row));
            case PUT_A_TABLE_BACK_WITH_THE_DIGEST -> {
                rows.forEach(each -> older(each).ifPresent(was -> was.replace(tx, each)));
                writeDigest(tx, olderDigest);
            }
            case REMOVE_A_ROW -> row.delete(tx);
            case DUPLICATE_A_ROW -> duplicate(row, random).insert(tx);
            case FLIP_A_BIT_OF_THE_DIGEST -> writeDigest(tx, OtherValues.flipped(digest, random));
            case PUT_THE_DIGEST_BACK -> writeDigest(tx, olderDigest);
        }
    }

    /** The same row once more, with whatever has to be unique made another. */
    private static AnyRow duplicate(AnyRow row, Random random) {
        AnyRow copy = row;
        List<Column> columns = row.table().columns();
        for (int i = 0; i < columns.size(); i++) {
            boolean once =
                    Set.of("id", "name", "kid", "fingerprint", "selector")
                            .contains(columns.get(i).name());
            boolean number =
                    row.table().key().contains(columns.get(i))
                            && columns.get(i).type() == Column.Type.NUMBER;
            if (once) {
                copy =
                        copy.with(
                                i,
                                OtherValues.than(
                                        row.values().get(i), columns.get(i).type(), random));
            } else if (number) {
                copy = copy.with(i, (Long) row.values().get(i) + 7);
            }
        }
        return copy;
    }

    private static Optional<AnyRow> older(AnyRow row) {
        return OLDER.get(row.table()).stream()
                .filter(was -> was.key().equals(row.key()))
                .findFirst();
    }

    private static byte[] flipped(AnyRow row, int column, Random random) {
        return OtherValues.flipped((byte[]) row.values().get(column), random);
    }

    private static int firstOf(DecidingTable table, Column.Type type) {
        for (int i = 0; i < table.columns().size(); i++) {
            if (table.columns().get(i).type() == type) {
                return i;
            }
        }
        return -1;
    }

    private static <T> T any(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    private static byte[] digest(Tx tx) {
        return tx.handle().createQuery("SELECT digest FROM site").mapTo(byte[].class).one();
    }

    private static void writeDigest(Tx tx, byte[] digest) {
        tx.handle().execute("UPDATE site SET digest = ?", (Object) digest);
    }
}
