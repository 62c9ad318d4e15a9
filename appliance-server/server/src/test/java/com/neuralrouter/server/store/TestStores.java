package com.neuralrouter.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The store that a test works on: a file in its folder, or with the system property {@code
 * test.store=postgresql} a database of a real server, which is started for the JVM and made for the
 * folder. Tests that go through here carry the tag {@code store} and are run on both.
 */
public final class TestStores {
    private static final boolean ON_POSTGRES =
            "postgresql".equals(System.getProperty("test.store"));
    private static final Map<Path, String> DATABASES = new ConcurrentHashMap<>();
    private static final AtomicInteger MADE = new AtomicInteger();

    private TestStores() {}

    /** A new store with every table and no row. */
    public static Database create(Path folder) {
        return ON_POSTGRES
                ? Database.open(Shared.SERVER.location(copyFor(folder)))
                : Database.create(EncryptedStores.in(folder));
    }

    /** The store that {@link #create} made in the same folder. */
    public static Database open(Path folder) {
        return Database.open(in(folder));
    }

    /** Where the store of that folder is. */
    public static StoreLocation in(Path folder) {
        return ON_POSTGRES
                ? Shared.SERVER.location(DATABASES.get(folder.toAbsolutePath()))
                : EncryptedStores.in(folder);
    }

    /** A place without a store. */
    public static StoreLocation empty(Path folder) {
        if (!ON_POSTGRES) {
            return EncryptedStores.in(folder);
        }
        String name = nameFor(folder);
        Shared.SERVER.database(name, "");
        return Shared.SERVER.location(name);
    }

    private static String copyFor(Path folder) {
        String name = nameFor(folder);
        Shared.SERVER.database(name, "TEMPLATE " + Shared.TEMPLATE);
        return name;
    }

    private static String nameFor(Path folder) {
        dropThoseOfDeletedFolders();
        String name = "test_" + MADE.incrementAndGet();
        DATABASES.put(folder.toAbsolutePath(), name);
        return name;
    }

    /** A store's folder may be inside the test's, which is deleted when the test ends. */
    private static void dropThoseOfDeletedFolders() {
        DATABASES.forEach((folder, name) -> {
            if (!Files.exists(folder) && !Files.exists(folder.getParent())) {
                DATABASES.remove(folder);
                Shared.SERVER.sql("postgres", "DROP DATABASE " + name + " WITH (FORCE)");
            }
        });
    }

    /** Made when the first test asks; the server ends with the JVM. */
    private static final class Shared {
        static final String TEMPLATE = "template_store";
        static final TestPostgres SERVER = server();

        /** Linux's disk in memory, where there is one: a new database is many files to sync. */
        private static Path disk() {
            Path memory = Path.of("/dev/shm");
            return Files.isWritable(memory) && memory.toFile().getUsableSpace() > 2L << 30
                    ? memory
                    : Path.of(System.getProperty("java.io.tmpdir"));
        }

        private static TestPostgres server() {
            try {
                var server =
                        TestPostgres.start(
                                Files.createTempDirectory(disk(), "neural-router-postgres"),
                                Map.of());
                server.database(TEMPLATE, "");
                Database.create(server.location(TEMPLATE)).close();
                return server;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
