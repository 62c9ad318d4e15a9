package com.neuralrouter.server.usage;

import java.util.List;

/** Who is told of records when they are in the store, each once. Called by one thread at a time. */
@FunctionalInterface
public interface StoredRecords {

    /** These are in the store now, in the order of their positions. Throws nothing. */
    void stored(List<RequestRecord> records);
}
