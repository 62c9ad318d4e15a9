package com.neuralrouter.server.store;

import org.jspecify.annotations.Nullable;

/**
 * Is asked before a transaction reads or writes rows that decide, and throws when they are not what
 * they should be. Put on a transaction by {@link Tx#watchedBy}; belongs to its thread.
 */
public interface RowWatch {
    /** Rows are about to be read, or written, by statements that name their table as told. */
    void beforeRows(TouchedRows rows);

    /**
     * A statement is about to be run.
     *
     * @param told the table of which it reads and writes no other rows than those that were told
     */
    void beforeStatement(String sql, @Nullable String told);
}
