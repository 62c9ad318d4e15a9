package com.neuralrouter.server.store;

import static com.neuralrouter.server.store.PageCipher.PAGE_BYTES;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.NavigableMap;

/**
 * What was written to a file between two forces: the pages as they are to be, by their number in
 * the file, and how long the file is then. Not changed once it is made.
 *
 * @param size in bytes
 */
record PageBatch(long size, NavigableMap<Long, byte[]> pages) {
    /** Puts the pages in their places; done twice, it changes nothing more. */
    void applyTo(FileChannel file) throws IOException {
        var run = ByteBuffer.allocate(0);
        long start = 0;
        for (var page : pages.entrySet()) {
            if (run.position() == 0 || start + run.position() != page.getKey() * PAGE_BYTES) {
                write(file, run, start);
                start = page.getKey() * PAGE_BYTES;
                run = ByteBuffer.allocate(PAGE_BYTES * runLength(page.getKey()));
            }
            run.put(page.getValue());
        }
        write(file, run, start);
        if (file.size() > size) {
            file.truncate(size);
        }
    }

    /** How many pages follow each other from this one on. */
    private int runLength(long first) {
        int length = 0;
        for (long page : pages.tailMap(first, true).keySet()) {
            if (page != first + length) {
                break;
            }
            length++;
        }
        return length;
    }

    private static void write(FileChannel file, ByteBuffer run, long start) throws IOException {
        run.flip();
        long at = start;
        while (run.hasRemaining()) {
            at += file.write(run, at);
        }
    }
}
