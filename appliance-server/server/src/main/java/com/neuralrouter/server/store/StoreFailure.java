package com.neuralrouter.server.store;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;

/**
 * The database refused or failed. Carries the SQLState and the vendor's code and never the
 * database's own message, nor the exception itself: both databases put the values of rows into it.
 */
public final class StoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;
    private final int vendorCode;
    private final boolean outcomeUnknown;

    private StoreFailure(String sqlState, int vendorCode, boolean outcomeUnknown) {
        super(
                "the store failed: sqlState="
                        + sqlState
                        + " vendorCode="
                        + vendorCode
                        + (outcomeUnknown ? " while a change was being made durable" : ""));
        this.sqlState = sqlState;
        this.vendorCode = vendorCode;
        this.outcomeUnknown = outcomeUnknown;
    }

    /** A failure after which nothing of the transaction is in the store. */
    static StoreFailure of(Throwable failure) {
        return of(failure, false);
    }

    /** A failure of the commit itself, or after it. */
    static StoreFailure whileCommitting(Throwable failure) {
        return of(failure, true);
    }

    /** The store is held by another process by now: SQLState 55006, object in use. */
    static StoreFailure ofAnotherProcess() {
        return new StoreFailure("55006", 0, false);
    }

    /** The store can't be held just now: SQLState 08003, no connection. */
    static StoreFailure notHeld() {
        return new StoreFailure("08003", 0, false);
    }

    /** The server would not keep what it acknowledges: SQLState 55000, not in the needed state. */
    static StoreFailure notDurable() {
        return new StoreFailure("55000", 0, false);
    }

    private static StoreFailure of(Throwable failure, boolean outcomeUnknown) {
        SQLException sql = sqlException(failure);
        StoreFailure result =
                sql == null
                        ? new StoreFailure("none", 0, outcomeUnknown)
                        : new StoreFailure(
                                sql.getSQLState() == null ? "none" : sql.getSQLState(),
                                sql.getErrorCode(),
                                outcomeUnknown);
        result.setStackTrace(failure.getStackTrace());
        return result;
    }

    static @Nullable SQLException sqlException(Throwable failure) {
        Throwable at = failure;
        while (at != null) {
            if (at instanceof SQLException sql) {
                return sql;
            }
            at = at.getCause();
        }
        return null;
    }

    public String sqlState() {
        return sqlState;
    }

    public int vendorCode() {
        return vendorCode;
    }

    /** Whether the change may be in the store although this was thrown. */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }

    /** Whether a foreign key refused it: something still depends on what was to be removed. */
    public boolean foreignKeyViolated() {
        return sqlState.equals("23503");
    }

    /** Whether a unique constraint refused it. */
    public boolean duplicate() {
        return sqlState.equals("23505");
    }
}
