package com.neuralrouter.server.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A store that this process holds open, as it differs between the databases: who may use it, and
 * what makes a commit durable. Made by a {@link StoreEngine}, closed last. Safe for all threads.
 */
interface OpenStore extends AutoCloseable {
    /** The isolation level at which a transaction reads all tables as of one moment. */
    TransactionIsolationLevel oneState();

    /** Called first in each transaction that only reads. Throws {@link StoreFailure}. */
    void admitRead(Handle handle);

    /**
     * Called first in each transaction that writes: refuses when what would be written were not
     * durable or not ours to write. Throws {@link StoreFailure}.
     */
    void admitWrite(Handle handle);

    /**
     * Called before anything else in a transaction that is to be alone: waits for those who write
     * to these tables, keeps them out, and fixes the state that is seen from then on.
     */
    void holdAlone(Handle handle, List<String> tables);

    /** Commits; when this returns, the change outlives the loss of power. */
    void commitDurably(Handle handle);

    /** Called last for each transaction that writes, however it ended, on its thread. */
    void endWrite();

    /** Whether nobody else can have changed the store; asked often, and waits for nothing. */
    boolean held();

    /** Where a database server keeps the data, if there is one and it tells. */
    Optional<Path> serverDataFolder(Handle handle);

    /** Takes the tables of a store away that was made and is not to be. */
    void takeBack();

    /** Ends the store in good order. */
    @Override
    void close();
}
