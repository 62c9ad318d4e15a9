package com.neuralrouter.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.WorkspaceId;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

class KeyMapTest {
    private static final long SEED = 20_261_201;

    /** Against a plain map, and without changing the one before. */
    @Test
    void isTheMapThatItWasMadeOf() {
        var random = new Random(SEED);
        Map<String, KeyEntry> model = new HashMap<>();
        KeyMap map = KeyMap.EMPTY;
        for (int round = 0; round < 300; round++) {
            KeyMap before = map;
            Map<String, KeyEntry> modelBefore = Map.copyOf(model);
            var removed = new HashSet<String>();
            var added = new HashMap<String, KeyEntry>();
            for (int i = random.nextInt(20); i > 0; i--) {
                if (random.nextInt(3) == 0) {
                    removed.add("k" + random.nextInt(500));
                } else {
                    added.put("k" + random.nextInt(500), entry(random));
                }
            }
            model.keySet().removeAll(removed);
            model.putAll(added);

            map = map.with(removed, added.entrySet());

            assertThat(map).as("seed %d, round %d", SEED, round).isEqualTo(model);
            assertThat(before).as("seed %d, round %d", SEED, round).isEqualTo(modelBefore);
        }
        for (var each : model.entrySet()) {
            assertThat(map.get(each.getKey())).isSameAs(each.getValue());
            assertThat(map.kids(Set.of(each.getValue().id().value())))
                    .containsExactly(each.getKey());
        }
        assertThat(map.get("k501")).isNull();
        assertThat(map.containsKey("k501")).isFalse();
    }

    private static KeyEntry entry(Random random) {
        return new KeyEntry(
                new ApiKeyId(new UUID(random.nextLong(), random.nextLong())),
                "key",
                new WorkspaceId(new UUID(1, 2)),
                new byte[] {(byte) random.nextInt()},
                Long.MAX_VALUE,
                false);
    }
}
