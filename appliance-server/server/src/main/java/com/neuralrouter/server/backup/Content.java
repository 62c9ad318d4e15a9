package com.neuralrouter.server.backup;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.DateTimeException;
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
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final ZipInputStream zip;
    private final Visitor visitor;
    private final List<Manifest.Entry> seen = new ArrayList<>();

    /** Takes what is in a backup. */
    interface Visitor {
        void table(String name, TableHead head, Rows rows) throws IOException;

        /** The stream ends with the file. */
        void file(String name, InputStream content) throws IOException;
    }

    /** Has everything authenticated, hashed and counted, and keeps nothing. */
    static final Visitor NOBODY =
            new Visitor() {
                @Override
                public void table(String name, TableHead head, Rows rows) throws IOException {
                    rows.skip();
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
                Manifest manifest = manifest(zip.readAllBytes());
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
        try (JsonParser parser = JSON.createParser(in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Unsound("the table " + name + " has no first line");
            }
            var rows = new Rows(name, parser.readValueAs(TableHead.class), parser);
            visitor.table(name, rows.head, rows);
            return rows.count;
        } catch (JacksonIOException failure) {
            throw failure.getCause();
        } catch (JacksonException _) {
            // Its message would carry values.
            throw new Unsound("the table " + name + " is not in a form that this version knows");
        }
    }

    private void compare(Manifest manifest) {
        if (!manifest.entries().equals(seen)) {
            throw new Unsound("what it holds is not what its manifest says");
        }
    }

    private static Manifest manifest(byte[] json) {
        try {
            return JSON.readValue(json, Manifest.class);
        } catch (JacksonException _) {
            throw new Unsound(Dump.MANIFEST + " is not in a form that this version knows");
        }
    }

    /** The rows of a table that has been come to. Throws {@link JacksonException} too. */
    static final class Rows {
        private static final long MOST_BYTES = 4 << 20;

        private final String table;
        private final TableHead head;
        private final JsonParser parser;
        private long count;

        private Rows(String table, TableHead head, JsonParser parser) {
            this.table = table;
            this.head = head;
            this.parser = parser;
        }

        /** At most so many further rows, with about 4 MiB of text; none at the end. */
        List<Row> next(int most) {
            var rows = new ArrayList<Row>();
            long end = parser.currentLocation().getByteOffset() + MOST_BYTES;
            while (rows.size() < most
                    && parser.currentLocation().getByteOffset() < end
                    && begins()) {
                rows.add(row());
            }
            return rows;
        }

        /** Goes over the rows that are left; they are counted and hashed, and not looked into. */
        void skip() {
            while (begins()) {
                parser.skipChildren();
            }
        }

        private boolean begins() {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return false;
            }
            if (token != JsonToken.START_ARRAY) {
                throw new Unsound("the table " + table + " holds something that is no row");
            }
            count++;
            return true;
        }

        private Row row() {
            List<TableHead.Column> columns = head.columns();
            var row = new ArrayList<@Nullable Object>(columns.size());
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (row.size() == columns.size()) {
                    throw wrongLength();
                }
                try {
                    row.add(columns.get(row.size()).type().read(parser));
                } catch (JacksonIOException failure) {
                    throw failure;
                } catch (JacksonException | IllegalArgumentException | DateTimeException _) {
                    throw new Unsound("a value of " + table + " is not of its column's type");
                }
            }
            if (row.size() < columns.size()) {
                throw wrongLength();
            }
            return new Row(row);
        }

        private Unsound wrongLength() {
            return new Unsound("a row of " + table + " has not as many values as columns");
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
