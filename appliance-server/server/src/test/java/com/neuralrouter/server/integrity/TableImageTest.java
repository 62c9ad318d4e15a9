package com.neuralrouter.server.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.integrity.TableImage.Key;
import com.neuralrouter.server.secret.MacKey;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What is remembered of a table, against a sorted map of its rows. */
class TableImageTest {
    private static final long SEED = 20_261_130;
    private static final DecidingTable TABLE =
            new DecidingTable(
                    "t", List.of(Column.uuid("id"), Column.number("n")), List.of(Column.text("a")));

    private final MacKey key = MacKey.owning(new byte[MacKey.BYTES]);
    private final Random random = new Random(SEED);

    @Test
    void followsEveryChangeAsIfItHadBeenReadAnew() {
        var model = new TreeMap<Key, byte[]>();
        TableImage image = of(model);
        for (int round = 0; round < 500; round++) {
            TableImage before = image;
            var modelBefore = new TreeMap<>(model);
            var replaced = new KeyRanges();
            var added = new HashMap<Key, byte[]>();
            for (int i = random.nextInt(4); i > 0; i--) {
                replace(model, replaced, added);
            }

            image = image.with(key, replaced, added);

            String context = "seed " + SEED + ", round " + round;
            assertThat(image.digest()).as(context).isEqualTo(of(model).digest());
            assertThat(image.rows()).as(context).isEqualTo(model.size());
            assertThat(new HashSet<>(image.differences(before)))
                    .as(context)
                    .isEqualTo(differences(modelBefore, model));
            for (Key each : model.keySet()) {
                assertThat(image.code(each.bytes())).as(context).isEqualTo(model.get(each));
            }
        }
    }

    @Test
    void countsTheRowsBelowABeginningButForOthers() {
        var model = new TreeMap<Key, byte[]>();
        for (long n = 0; n < 5; n++) {
            model.put(new Key(canonical(new UUID(1, 1), n)), code());
            model.put(new Key(canonical(new UUID(-1, 1), n)), code());
        }
        TableImage image = of(model);
        var others = new KeyRanges();

        assertThat(image.rowsBelow(canonical(new UUID(1, 1)), others)).isEqualTo(5);
        others.add(canonical(new UUID(1, 1), 3L));
        others.add(canonical(new UUID(1, 1), 9L));
        assertThat(image.rowsBelow(canonical(new UUID(1, 1)), others)).isEqualTo(4);
        assertThat(image.rowsBelow(new byte[0], others)).isEqualTo(9);
        others.add(canonical(new UUID(1, 1)));
        assertThat(image.rowsBelow(new byte[0], others)).isEqualTo(5);
        assertThat(others.inOrder()).hasSize(1);
        assertThat(image.code(canonical(new UUID(2, 1), 0L))).isEmpty();
    }

    /** Takes the rows below a beginning, or one row, away, and puts others there. */
    private void replace(TreeMap<Key, byte[]> model, KeyRanges replaced, Map<Key, byte[]> added) {
        UUID id = new UUID(random.nextInt(6) - 3L, 0);
        boolean whole = random.nextInt(3) == 0;
        long n = random.nextInt(4);
        byte[] beginning = whole ? canonical(id) : canonical(id, n);
        replaced.add(beginning);
        model.keySet().removeIf(each -> begins(each.bytes(), beginning));
        added.keySet().removeIf(each -> begins(each.bytes(), beginning));
        for (long each = 0; each < 4; each++) {
            if ((whole || each == n) && random.nextBoolean()) {
                byte[] code = code();
                model.put(new Key(canonical(id, each)), code);
                added.put(new Key(canonical(id, each)), code);
            }
        }
    }

    private Set<UUID> differences(Map<Key, byte[]> one, Map<Key, byte[]> other) {
        var keys = new HashSet<>(one.keySet());
        keys.addAll(other.keySet());
        var found = new HashSet<UUID>();
        for (Key each : keys) {
            if (!Arrays.equals(one.get(each), other.get(each))) {
                found.add(
                        new UUID(
                                ByteBuffer.wrap(each.bytes()).getLong(5),
                                ByteBuffer.wrap(each.bytes()).getLong(13)));
            }
        }
        return found;
    }

    private TableImage of(TreeMap<Key, byte[]> model) {
        var collected = new TableImage.Collector();
        model.forEach((id, code) -> {
            var content = new CanonicalRow();
            var from = ByteBuffer.wrap(id.bytes());
            content.add(Column.Type.UUID, new UUID(from.getLong(5), from.getLong(13)));
            content.add(Column.Type.NUMBER, from.getLong(26));
            collected.add(content, content.length(), code);
        });
        return collected.image(key, TABLE);
    }

    private static byte[] canonical(Object... values) {
        return CanonicalRow.key(TABLE, List.of(values));
    }

    private static boolean begins(byte[] bytes, byte[] beginning) {
        return Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
    }

    private byte[] code() {
        byte[] code = new byte[MacKey.BYTES];
        random.nextBytes(code);
        return code;
    }
}
