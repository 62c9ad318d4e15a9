package com.neuralrouter.server.usage;

import java.util.List;
import java.util.Set;

/** Where the journal's records end: the store. Used by one thread, the journal's own. */
public interface RequestSink {

    /** Whether further requests may begin: false when what they leave behind can't be kept. */
    default boolean takes() {
        return true;
    }

    /** The highest position that is stored; 0 if none is. */
    long lastPosition();

    /**
     * The positions of those records that are stored already, under the same position and request
     * id.
     */
    Set<Long> stored(List<RequestRecord> records);

    /** Stores all or none of the records. Whatever it throws, they are given to it again later. */
    void insert(List<RequestRecord> records, Pace pace);

    /** The same, as fast as can be. */
    default void insert(List<RequestRecord> records) {
        insert(records, Pace.behind());
    }
}
