package com.neuralrouter.server.backup;

import com.neuralrouter.server.admin.SiteStore;
import com.neuralrouter.server.audit.AuditStore;
import com.neuralrouter.server.backup.BackupRefused.Reason;
import com.neuralrouter.server.backup.Content.Unsound;
import com.neuralrouter.server.backup.Table.Column;
import com.neuralrouter.server.secret.StreamKey;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.StoreLocation;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes a site anew from a backup of the data and one of the keys, in places where no site is: its
 * files by {@link #files}, then its store by {@link #restore}. When both have returned, each
 * segment and each entry of both backups has been authenticated, the store has this version's
 * schema and holds every row, and the trail is as long as the manifest says. For one thread, once.
 */
public final class Staging {
    private final BackupFile data;
    private final BackupFile keys;
    private final Path folder;
    private final DumpStore store = new DumpStore();

    /**
     * What was restored.
     *
     * @param workspaceKeys how many keys of workspaces have come from the key backup
     * @param keysWithoutWorkspace how many have not, because the data does not know the workspace
     */
    public record Restored(
            Manifest data, Manifest keys, long workspaceKeys, long keysWithoutWorkspace) {}

    /**
     * @param folder where the files go; the store goes where {@link #restore} is told
     */
    public Staging(BackupFile data, BackupFile keys, Path folder) {
        this.data = data;
        this.keys = keys;
        this.folder = folder;
    }

    /** Throws {@link BackupRefused} unless the two belong together. */
    public static void demandPair(BackupFile data, BackupFile keys) {
        data.demand(BackupKind.DATA);
        keys.demand(BackupKind.KEYS);
        keys.demandSite(data.header().installation());
    }

    /**
     * Puts the files into the folder. By then the whole backup of the data has been authenticated,
     * and no store was touched. Throws {@link BackupRefused} and {@link IOException}.
     */
    public void files(BackupKeys vault) throws IOException {
        demandPair(data, keys);
        try (StreamKey key = vault.key(BackupKind.DATA)) {
            read(
                    data,
                    key,
                    new Content.Visitor() {
                        @Override
                        public void table(String name, TableHead head, Content.Rows rows) {
                            rows.skip();
                        }

                        @Override
                        public void file(String name, InputStream content) throws IOException {
                            SiteFiles.write(folder, name, content);
                        }
                    });
        }
    }

    /**
     * Restores into a store that is made at the place. Throws {@link BackupRefused}, {@link
     * IOException} and what the store throws; what was made by then is the caller's to remove.
     */
    public Restored restore(BackupKeys vault, StoreLocation at) throws IOException {
        demandPair(data, keys);
        Manifest restored;
        try (StreamKey key = vault.key(BackupKind.DATA);
                Database database = Database.create(at, data.header().schemaVersion())) {
            restored = load(database, key);
        }
        // Opening it takes the steps to this version's schema.
        try (StreamKey key = vault.key(BackupKind.KEYS);
                Database database = Database.open(at)) {
            var taker = new KeyTaker(database);
            Manifest ofKeys = read(keys, key, taker);
            database.read(tx -> demandTrail(tx, restored));
            return new Restored(restored, ofKeys, taker.taken, taker.left);
        }
    }

    private Manifest load(Database database, StreamKey key) throws IOException {
        var loader =
                sound(
                        data,
                        () ->
                                new Loader(
                                        database,
                                        BackedUp::inData,
                                        (_, in) -> in.transferTo(OutputStream.nullOutputStream())));
        Manifest manifest = read(data, key, loader);
        return sound(
                data,
                () -> {
                    loader.demandWhole();
                    return manifest;
                });
    }

    private static Manifest read(BackupFile file, StreamKey key, Content.Visitor visitor)
            throws IOException {
        return sound(file, () -> file.read(key, in -> Content.read(in, visitor)));
    }

    /** Something that may find the content unsound. */
    private interface Step<T> {
        T run() throws IOException;
    }

    private static <T> T sound(BackupFile file, Step<T> step) throws IOException {
        try {
            return step.run();
        } catch (Unsound unsound) {
            throw file.refused(Reason.UNSOUND, String.valueOf(unsound.getMessage()));
        }
    }

    private boolean demandTrail(Tx tx, Manifest manifest) {
        long expected = manifest.audit().sequence();
        long entries =
                manifest.entries().stream()
                        .filter(entry -> entry.name().equals(Dump.AUDIT))
                        .mapToLong(Manifest.Entry::rows)
                        .sum();
        if (new AuditStore().last(tx) != expected || entries != expected) {
            throw data.refused(
                    Reason.UNSOUND, "its audit trail has not the length that its manifest says");
        }
        if (new SiteStore().version(tx) != manifest.siteVersion()) {
            throw data.refused(
                    Reason.UNSOUND, "its site has not the version that its manifest says");
        }
        return true;
    }

    /**
     * Puts the keys in whose workspaces there are. Their table may have had fewer columns when the
     * keys were backed up: the schema's defaults fill the rest.
     */
    private final class KeyTaker implements Content.Visitor {
        private final Database into;
        private final Map<String, Table> tables;
        private final Set<Object> workspaces;
        private long taken;
        private long left;

        KeyTaker(Database into) {
            this.into = into;
            this.tables =
                    into.read(store::tables).stream()
                            .collect(Collectors.toMap(Table::name, Function.identity()));
            this.workspaces = into.read(this::workspaces);
        }

        private Set<Object> workspaces(Tx tx) {
            var found = new HashSet<Object>();
            Table table = demand("workspace");
            new Pages(store, tx, table).forEach(row -> found.addAll(row.key(table)));
            return found;
        }

        private Table demand(String name) {
            Table table = tables.get(name);
            if (table == null) {
                throw new Unsound("it has a table " + name + ", which this version does not have");
            }
            return table;
        }

        @Override
        public void table(String name, TableHead head, Content.Rows rows) throws IOException {
            if (!BackedUp.inKeys(name)) {
                throw new Unsound("it has the table " + name + ", which no key backup has");
            }
            Table table = narrowed(demand(name), head);
            int owner = table.columns().stream().map(Column::name).toList().indexOf("workspace_id");
            while (true) {
                List<Row> some = rows.next(1000);
                if (some.isEmpty()) {
                    return;
                }
                boolean free = table.parents().isEmpty();
                List<Row> known =
                        some.stream()
                                .filter(row -> free || workspaces.contains(value(row, owner)))
                                .toList();
                into.write(tx -> {
                    store.insert(tx, table, known);
                    return true;
                });
                if (!free) {
                    taken += known.size();
                    left += some.size() - known.size();
                }
            }
        }

        private static @Nullable Object value(Row row, int at) {
            return row.values().get(at);
        }

        private static Table narrowed(Table table, TableHead head) {
            Map<String, Column> columns =
                    table.columns().stream()
                            .collect(Collectors.toMap(Column::name, Function.identity()));
            var present = new ArrayList<Column>();
            for (TableHead.Column each : head.columns()) {
                Column column = columns.get(each.name());
                if (column == null || column.type() != each.type()) {
                    throw new Unsound("its table " + table.name() + " has an unknown column");
                }
                present.add(column);
            }
            return new Table(table.name(), present, table.key(), table.parents());
        }

        @Override
        public void file(String name, InputStream content) {
            throw new Unsound("a backup of the keys has no files");
        }
    }
}
