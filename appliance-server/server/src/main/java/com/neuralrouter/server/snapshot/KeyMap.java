package com.neuralrouter.server.snapshot;

import org.jspecify.annotations.Nullable;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The API keys of a snapshot by their public id: many small maps, of which the next snapshot makes
 * only those anew in which something changed. Immutable.
 */
final class KeyMap extends AbstractMap<String, KeyEntry> {
    /** A power of two; some hundred keys in each of 100,000. */
    private static final int PARTS = 1024;

    static final KeyMap EMPTY = new KeyMap(parts());

    private final List<Map<String, KeyEntry>> parts;
    private final int size;

    private KeyMap(List<Map<String, KeyEntry>> parts) {
        this.parts = parts;
        this.size = parts.stream().mapToInt(Map::size).sum();
    }

    private static List<Map<String, KeyEntry>> parts() {
        return Stream.generate(Map::<String, KeyEntry>of).limit(PARTS).toList();
    }

    /** The same without those keys, and with these. */
    KeyMap with(Collection<String> removed, Collection<Entry<String, KeyEntry>> added) {
        var changed = new HashMap<Integer, Map<String, KeyEntry>>();
        removed.forEach(kid -> part(changed, kid).remove(kid));
        added.forEach(each -> part(changed, each.getKey()).put(each.getKey(), each.getValue()));
        @SuppressWarnings({"unchecked", "rawtypes"})
        Map<String, KeyEntry>[] now = parts.toArray(Map[]::new);
        changed.forEach((at, part) -> now[at] = Map.copyOf(part));
        return new KeyMap(Arrays.asList(now));
    }

    private Map<String, KeyEntry> part(Map<Integer, Map<String, KeyEntry>> changed, String kid) {
        int at = at(kid);
        return changed.computeIfAbsent(at, _ -> new HashMap<>(parts.get(at)));
    }

    private static int at(Object kid) {
        int hash = kid.hashCode();
        return (hash ^ hash >>> 10 ^ hash >>> 20) & (PARTS - 1);
    }

    @Override
    public @Nullable KeyEntry get(Object kid) {
        return parts.get(at(kid)).get(kid);
    }

    @Override
    public boolean containsKey(Object kid) {
        return parts.get(at(kid)).containsKey(kid);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Set<Entry<String, KeyEntry>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, KeyEntry>> iterator() {
                return parts.stream().flatMap(part -> part.entrySet().stream()).iterator();
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    /** The public ids of the keys with those ids. */
    Set<String> kids(Set<UUID> ids) {
        var found = new HashSet<String>();
        forEach((kid, entry) -> {
            if (ids.contains(entry.id().value())) {
                found.add(kid);
            }
        });
        return found;
    }
}
