package com.neuralrouter.server.audit.log;

import com.neuralrouter.tlog.SignedNote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What of the log's files is durable and stays as it is. */
final class DurableParts {
    private DurableParts() {}

    /**
     * A checkpoint and the segments of all it is of, at least. The checkpoint comes from memory: a
     * file that is copied later could be one of more than was there before.
     */
    static List<FilePart> of(LogFolder folder, SignedNote checkpoint, Map<String, Long> segments) {
        List<FilePart> parts = new ArrayList<>();
        parts.add(new InMemory(CheckpointFile.NAME, checkpoint.bytes()));
        segments.forEach((name, length) -> parts.add(new InFolder(folder, name, length)));
        return parts;
    }

    private record InMemory(String path, byte[] bytes) implements FilePart {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }

    private record InFolder(LogFolder folder, String path, long length) implements FilePart {
        @Override
        public InputStream open() throws IOException {
            return new Stream(folder.open(path), length);
        }
    }

    /** Reads a file from its beginning up to a position. */
    private static final class Stream extends InputStream {
        private final LogFile file;
        private final long end;
        private long at;

        Stream(LogFile file, long end) {
            this.file = file;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, into.length);
            if (at == end) {
                return length == 0 ? 0 : -1;
            }
            ByteBuffer bytes = ByteBuffer.wrap(into, offset, (int) Math.min(length, end - at));
            file.read(bytes, at);
            int read = bytes.position() - offset;
            if (read == 0 && length > 0) {
                throw new IOException("the file is shorter than it was");
            }
            at += read;
            return read;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
