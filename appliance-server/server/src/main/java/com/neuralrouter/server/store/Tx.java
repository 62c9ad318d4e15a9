package com.neuralrouter.server.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.jspecify.annotations.Nullable;

import java.sql.PreparedStatement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A transaction that is open: what a {@code *Store} needs to read or write. Made by {@link
 * Database} for one call and of no use after it; belongs to the thread it is handed to.
 */
public final class Tx {
    /**
     * The attribute by which a statement says which table's rows it has told of: it reads and
     * writes none of that table that {@link #touched} or {@link #reading} did not name before. A
     * watched transaction verifies the whole table for a statement that does not say so, which is
     * right always and slow for a table with very many rows.
     */
    public static final String TOLD = "told";

    private final Handle handle;
    private final Set<TouchedRows> touched = new LinkedHashSet<>();
    private @Nullable RowWatch watch;

    Tx(Handle handle) {
        this.handle = handle;
    }

    /** For {@code *Store} classes, {@code audit} and {@code admin} (rule R4). */
    public Handle handle() {
        return handle;
    }

    /**
     * Tells that rows of a table that decides are going to be written or removed: those whose
     * primary key begins with these values. Only what was told here is signed at the transaction's
     * end; a {@code *Store} that forgets it makes a site that the next verification refuses. It is
     * told in memory, because whoever can write to the database could tell it there.
     */
    public void touched(String table, Object... keyBeginning) {
        var rows = new TouchedRows(table, List.of(keyBeginning));
        tell(rows);
        touched.add(rows);
    }

    /** Tells that rows are going to be read by a statement that says {@link #TOLD}. */
    public void reading(String table, Object... keyBeginning) {
        tell(new TouchedRows(table, List.of(keyBeginning)));
    }

    private void tell(TouchedRows rows) {
        if (watch != null) {
            watch.beforeRows(rows);
        }
    }

    public Set<TouchedRows> touched() {
        return touched;
    }

    /** From now on asks that one, and no other any more, before each statement. */
    public void watchedBy(RowWatch by) {
        if (watch == null) {
            handle.getConfig(SqlStatements.class).addCustomizer(new EachStatement());
        }
        watch = by;
    }

    private final class EachStatement implements StatementCustomizer {
        @Override
        public void beforeExecution(PreparedStatement statement, StatementContext context) {
            if (watch != null) {
                watch.beforeStatement(
                        context.getRenderedSql(),
                        context.getAttribute(TOLD) instanceof String table ? table : null);
            }
        }
    }
}
