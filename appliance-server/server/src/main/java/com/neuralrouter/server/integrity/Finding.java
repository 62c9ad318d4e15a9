package com.neuralrouter.server.integrity;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One thing that is not as the appliance left it.
 *
 * @param row the row's primary key, its values parted by a slash; {@code *} if it is not one row
 */
public record Finding(String table, String row, Kind kind) {
    private static final String NOT_ONE_ROW = "*";

    /** What is wrong. */
    public enum Kind {
        /** The row's values don't go with its code, or it has none. */
        ALTERED,
        /** Each row may be one that we wrote, but they are not the ones that there should be. */
        ROWS_REMOVED_ADDED_OR_PUT_BACK,
        /** All of the store is as it was once, before what this process has seen since. */
        STORE_PUT_BACK,
        /** The site has no digest that this version could verify by. */
        NO_DIGEST;

        /** As the audit trail and the log say it. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding altered(DecidingTable table, List<Object> key) {
        return new Finding(
                table.name(),
                key.stream().map(Object::toString).collect(Collectors.joining("/")),
                Kind.ALTERED);
    }

    static Finding otherRows(DecidingTable table) {
        return new Finding(table.name(), NOT_ONE_ROW, Kind.ROWS_REMOVED_ADDED_OR_PUT_BACK);
    }

    static Finding ofSite(Kind kind) {
        return new Finding(DecidingTables.SITE.name(), "1", kind);
    }

    /** Kind and id, as the audit trail names its targets. */
    public String target() {
        return table + "/" + row;
    }
}
