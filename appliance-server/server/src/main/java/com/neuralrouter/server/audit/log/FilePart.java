package com.neuralrouter.server.audit.log;

import java.io.IOException;
import java.io.InputStream;

/**
 * The beginning of one of the log's files, which does not change any more: what a backup copies
 * while the log is written.
 */
public interface FilePart {
    /** The file's name below the log's folder, with {@code /}. */
    String path();

    /** How many bytes are to be copied. */
    long length();

    /** These bytes. The caller closes it. */
    InputStream open() throws IOException;
}
