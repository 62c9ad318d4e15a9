package com.neuralrouter.server.backup;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Reads what {@link Dump} wrote, entry by entry, and checks all of it against the manifest. What a
 * visitor was given is confirmed only when {@link #read} returns. For one thread.
 */
final class Content {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ZipInputStream zip;
    private final Visitor visitor;
    private final List<Manifest.Entry> seen = new ArrayList<>();

    /** Takes what is in a backup. */
    interface Visitor {
        void table(String name, TableHead head, Rows rows) throws IOException;

        /** The stream ends with the file. */
        void file(String name, InputStream content) throws IOException;
    }

    /** Looks at everything and keeps nothing. */
    static final Visitor NOBODY =
            new Visitor() {
                @Override
                public void table(String name, TableHead head, Rows rows) throws IOException {
                    while (!rows.next(1000).isEmpty()) {
                        // Each row was parsed, which is all that is wanted.
                        continue;
                    }
                }

                @Override
                public void file(String name, InputStream content) throws IOException {
                    content.transferTo(OutputStream.nullOutputStream());
                }
            };

    private Content(InputStream in, Visitor visitor) {
        this.zip = new ZipInputStream(in);
        this.visitor = visitor;
    }

    /** Throws {@link Unsound} when the content contradicts itself. */
    static Manifest read(InputStream in, Visitor visitor) throws IOException {
        return new Content(in, visitor).read();
    }

    /** The content is not one that this version wrote; the message is the end of a sentence. */
    static final class Unsound extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unsound(String why) {
            super(why, null, false, false);
        }
    }

    private Manifest read() throws IOException {
        for (ZipEntry at = zip.getNextEntry(); at != null; at = zip.getNextEntry()) {
            if (at.getName().equals(Dump.MANIFEST)) {
                Manifest manifest = parse(zip.readAllBytes(), Manifest.class, Dump.MANIFEST);
                if (zip.getNextEntry() != null) {
                    throw new Unsound("something follows its manifest");
                }
                compare(manifest);
                return manifest;
            }
            entry(at.getName());
        }
        throw new Unsound("it has no manifest");
    }

    private void entry(String name) throws IOException {
        MessageDigest digest = BackupFile.sha256();
        var in = new Counting(new DigestInputStream(zip, digest));
        long rows = 0;
        if (name.startsWith(Dump.TABLES) && name.endsWith(Dump.LINES)) {
            String table =
                    name.substring(Dump.TABLES.length(), name.length() - Dump.LINES.length());
            rows = table(table, in);
        } else if (name.startsWith(Dump.FILES)) {
            visitor.file(name.substring(Dump.FILES.length()), in);
        } else {
            throw new Unsound("it holds something unknown");
        }
        in.transferTo(OutputStream.nullOutputStream());
        seen.add(
                new Manifest.Entry(
                        name, rows, in.bytes, HexFormat.of().formatHex(digest.digest())));
    }

    private long table(String name, InputStream in) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        String first = lines.readLine();
        if (first == null) {
            throw new Unsound("the table " + name + " has no first line");
        }
        byte[] head = first.getBytes(StandardCharsets.UTF_8);
        var rows = new Rows(name, parse(head, TableHead.class, name), lines);
        visitor.table(name, rows.head, rows);
        return rows.count;
    }

    private void compare(Manifest manifest) {
        if (!manifest.entries().equals(seen)) {
            throw new Unsound("what it holds is not what its manifest says");
        }
    }

    private static <T> T parse(byte[] json, Class<T> type, String where) {
        try {
            return JSON.readValue(json, type);
        } catch (JacksonException _) {
            // Its message would carry values.
            throw new Unsound(where + " is not in a form that this version knows");
        }
    }

    /** The rows of a table that has been come to. */
    static final class Rows {
        private final String table;
        private final TableHead head;
        private final BufferedReader lines;
        private long count;

        private Rows(String table, TableHead head, BufferedReader lines) {
            this.table = table;
            this.head = head;
            this.lines = lines;
        }

        /** At most so many further rows, with about 4 MiB of text; none at the end. */
        List<Row> next(int most) throws IOException {
            var rows = new ArrayList<Row>();
            long characters = 0;
            while (rows.size() < most && characters < (4 << 20)) {
                String line = lines.readLine();
                if (line == null) {
                    break;
                }
                characters += line.length();
                rows.add(row(line));
            }
            count += rows.size();
            return rows;
        }

        private Row row(String line) {
            List<?> written =
                    parse(line.getBytes(StandardCharsets.UTF_8), List.class, "the table " + table);
            if (written.size() != head.columns().size()) {
                throw new Unsound("a row of " + table + " has not as many values as columns");
            }
            var row = new ArrayList<@Nullable Object>(written.size());
            try {
                for (int i = 0; i < written.size(); i++) {
                    row.add(head.columns().get(i).type().read(written.get(i)));
                }
            } catch (RuntimeException _) {
                throw new Unsound("a value of " + table + " is not of its column's type");
            }
            return new Row(row);
        }
    }

    private static final class Counting extends FilterInputStream {
        private long bytes;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            bytes += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            bytes += Math.max(0, read);
            return read;
        }

        /** The entry's end is not the zip's. */
        @Override
        public void close() {}
    }
}
