package com.neuralrouter.server.backup;

import com.neuralrouter.server.admin.SiteStore;
import com.neuralrouter.server.audit.AuditStore;
import com.neuralrouter.server.audit.log.FilePart;
import com.neuralrouter.server.store.Tx;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes what is in a backup: a zip with an entry for each table and each file, and {@code
 * manifest.json} as the last. A table's first line tells its columns, each further one is a row.
 * For one thread, within one transaction, so that all tables are of one moment.
 */
final class Dump {
    static final String MANIFEST = "manifest.json";
    static final String TABLES = "tables/";
    static final String FILES = "files/";
    private static final String LOG = "audit/";
    static final String LINES = ".jsonl";
    static final String AUDIT = TABLES + "audit_entry" + LINES;

    /** A value a line. */
    private static final JsonMapper JSON =
            JsonMapper.builder(JsonFactory.builder().rootValueSeparator("\n").build())
                    .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .build();

    private final DumpStore store = new DumpStore();
    private final Tx tx;
    private final ZipOutputStream zip;
    private final List<Manifest.Entry> entries = new ArrayList<>();

    private Dump(Tx tx, OutputStream out) {
        this.tx = tx;
        this.zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.BEST_SPEED);
    }

    /** A site's tables without its workspaces' keys, and the files that belong to it. */
    static Manifest ofData(
            Tx tx, Map<String, Path> files, Supplier<List<FilePart>> log, OutputStream out)
            throws IOException {
        var dump = new Dump(tx, out);
        dump.tables(BackedUp::inData);
        for (Map.Entry<String, Path> file : files.entrySet()) {
            dump.file(file.getKey(), file.getValue());
        }
        for (FilePart part : log.get()) {
            dump.part(part);
        }
        return dump.end();
    }

    /** The keys of its workspaces. */
    static Manifest ofKeys(Tx tx, OutputStream out) throws IOException {
        var dump = new Dump(tx, out);
        dump.tables(BackedUp::inKeys);
        return dump.end();
    }

    private void tables(Predicate<String> wanted) throws IOException {
        List<Table> tables = store.tables(tx);
        BackedUp.demandAllKnown(tables.stream().map(Table::name).toList());
        for (Table table : tables) {
            if (wanted.test(table.name())) {
                table(table);
            }
        }
    }

    private void table(Table table) throws IOException {
        try (Entry entry = new Entry(TABLES + table.name() + LINES);
                JsonGenerator json = JSON.createGenerator(entry.out)) {
            json.writePOJO(TableHead.of(table));
            new Pages(store, tx, table)
                    .forEach(row -> {
                        row.write(table, json);
                        entry.rows++;
                    });
            json.writeRaw('\n');
        } catch (JacksonIOException failure) {
            throw failure.getCause();
        }
    }

    private void file(String name, Path path) throws IOException {
        try (Entry entry = new Entry(FILES + name)) {
            Files.copy(path, entry.out);
        }
    }

    /** Of the audit log, which goes on meanwhile: no entry of the tables is missing in it. */
    private void part(FilePart part) throws IOException {
        try (Entry entry = new Entry(FILES + LOG + part.path());
                InputStream content = part.open()) {
            content.transferTo(entry.out);
        }
    }

    private Manifest end() throws IOException {
        String trail =
                entries.stream()
                        .filter(entry -> entry.name().equals(AUDIT))
                        .map(Manifest.Entry::sha256)
                        .findFirst()
                        .orElse("");
        var manifest =
                new Manifest(
                        new SiteStore().version(tx),
                        new Manifest.AuditCheckpoint(new AuditStore().last(tx), trail),
                        entries);
        zip.putNextEntry(new ZipEntry(MANIFEST));
        zip.write(JSON.writeValueAsBytes(manifest));
        zip.closeEntry();
        zip.finish();
        return manifest;
    }

    /** An entry that is being written: what goes through is counted and hashed. */
    private final class Entry implements AutoCloseable {
        private final String name;
        private final MessageDigest digest = BackupFile.sha256();
        private final OutputStream out = new DigestOutputStream(new Counting(), digest);
        private long rows;
        private long bytes;

        Entry(String name) throws IOException {
            this.name = name;
            zip.putNextEntry(new ZipEntry(name));
        }

        @Override
        public void close() throws IOException {
            zip.closeEntry();
            entries.add(
                    new Manifest.Entry(
                            name, rows, bytes, HexFormat.of().formatHex(digest.digest())));
        }

        private final class Counting extends OutputStream {
            @Override
            public void write(int value) throws IOException {
                zip.write(value);
                bytes++;
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                zip.write(from, offset, length);
                bytes += length;
            }
        }
    }
}
