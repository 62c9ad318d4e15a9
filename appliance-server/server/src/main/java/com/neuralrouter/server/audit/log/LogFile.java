package com.neuralrouter.server.audit.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file of the log's folder. */
interface LogFile extends Closeable {
    long size() throws IOException;

    /** Reads until the buffer is full or the file ends. */
    void read(ByteBuffer into, long position) throws IOException;

    /** Writes all of the buffer. */
    void write(ByteBuffer from, long position) throws IOException;

    void truncate(long size) throws IOException;

    /** When this returns, what was written outlives the loss of power. */
    void force() throws IOException;
}
