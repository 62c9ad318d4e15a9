package com.neuralrouter.server.integrity;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A state of the site that was verified, as {@link SiteIntegrity#verify} found it: which rows there
 * have to be, table by table. Immutable.
 */
public final class Verified {
    private final Seen seen;
    private final Map<String, TableImage> images;

    Verified(Seen seen, Map<String, TableImage> images) {
        this.seen = seen;
        this.images = Map.copyOf(images);
    }

    public Seen seen() {
        return seen;
    }

    /** A text that is another one when any row of these tables is another one. */
    public String stateOf(List<String> tables) {
        return tables.stream()
                .map(table -> HexFormat.of().formatHex(image(table).digest()))
                .collect(Collectors.joining(":"));
    }

    /** The same for all tables but these. */
    public String stateOfAllBut(Set<String> tables) {
        return stateOf(
                images.keySet().stream()
                        .filter(table -> !tables.contains(table))
                        .sorted()
                        .toList());
    }

    /**
     * The ids of a table's rows that are in one of the two states only, or differ between them. For
     * tables whose key is a UUID.
     */
    public List<UUID> changed(String table, Verified since) {
        return image(table).differences(since.image(table));
    }

    /** What this says of these tables, for who keeps it and asks for no others. */
    public Verified only(List<String> tables) {
        return new Verified(
                seen, tables.stream().collect(Collectors.toMap(table -> table, this::image)));
    }

    TableImage image(String table) {
        return Objects.requireNonNull(images.get(table), table);
    }
}
