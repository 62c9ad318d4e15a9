package com.neuralrouter.server.store;

import org.h2.store.fs.FilePath;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.function.Consumer;

/** A store without tables on a {@link MemoryDisk}, for those who break the disk. */
interface StoreOnDisk {
    /** What is on a disk before the store is made. */
    Map<String, byte[]> empty() throws Exception;

    /** Opens the store on the disk, and ends as a killed process does: nothing is written then. */
    void run(MemoryDisk disk, Consumer<Opened> body) throws Exception;

    /** An open store. */
    interface Opened {
        /** A connection that may do everything; it commits nothing by itself. */
        Handle connect();

        void begin(Handle handle);

        void commit(Handle handle);

        /** Last, however the transaction ended. */
        void end();
    }

    /** The appliance's: encrypted, journaled, with group commit. */
    static StoreOnDisk ours(Path folder) {
        return new StoreOnDisk() {
            @Override
            public Map<String, byte[]> empty() throws Exception {
                Path file = folder.resolve("site.mv.db");
                if (!Files.exists(file)) {
                    try (PageCipher cipher = EncryptedStores.cipher(1)) {
                        OwnFiles.write(file, StoreHeader.bytes(cipher));
                    }
                }
                return Map.of(file.toString(), Files.readAllBytes(file));
            }

            @Override
            public void run(MemoryDisk disk, Consumer<Opened> body) throws Exception {
                FilePath below = disk.mount();
                try (PageCipher cipher = EncryptedStores.cipher(1)) {
                    var engine = H2Engine.over(below.getScheme() + ":", new H2File(folder, cipher));
                    OpenStore store = engine.open();
                    try {
                        body.accept(
                                opened(
                                        Jdbi.create(engine.patientSource()),
                                        store::admitWrite,
                                        store::commitDurably,
                                        store::endWrite));
                    } finally {
                        kill(engine.patientSource().getConnection());
                        store.close();
                    }
                } finally {
                    FilePath.unregister(below);
                }
            }
        };
    }

    /** H2 by itself, with the settings of the appliance, forcing after each commit. */
    static StoreOnDisk bareH2() {
        return new StoreOnDisk() {
            @Override
            public Map<String, byte[]> empty() {
                return Map.of();
            }

            @Override
            public void run(MemoryDisk disk, Consumer<Opened> body) throws Exception {
                FilePath below = disk.mount();
                String url =
                        "jdbc:h2:" + below.getScheme() + ":/site;WRITE_DELAY=0;DB_CLOSE_DELAY=-1";
                Connection first = DriverManager.getConnection(url, "sa", "");
                try {
                    body.accept(
                            opened(
                                    Jdbi.create(url, "sa", ""),
                                    _ -> {},
                                    handle -> {
                                        handle.commit();
                                        handle.execute("CHECKPOINT SYNC");
                                    },
                                    () -> {}));
                } finally {
                    kill(first);
                    FilePath.unregister(below);
                }
            }
        };
    }

    private static Opened opened(
            Jdbi jdbi, Consumer<Handle> admit, Consumer<Handle> commit, Runnable end) {
        return new Opened() {
            @Override
            public Handle connect() {
                return jdbi.open();
            }

            @Override
            public void begin(Handle handle) {
                handle.begin();
                admit.accept(handle);
            }

            @Override
            public void commit(Handle handle) {
                commit.accept(handle);
            }

            @Override
            public void end() {
                end.run();
            }
        };
    }

    private static void kill(Connection connection) {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        } catch (SQLException _) {
            // So it answers, always.
        }
    }
}
