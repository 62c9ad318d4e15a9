package com.neuralrouter.server.audit.log;

import java.io.IOException;
import java.util.List;

/**
 * The log's folder, as little of a file system as the log needs: so that tests can put a disk under
 * it that fails, or that loses its power. Names are relative, with {@code /}. Safe for all threads.
 */
interface LogFolder extends AutoCloseable {
    /** The names of what is in a folder below, in order; empty if the folder isn't there. */
    List<String> list(String folder) throws IOException;

    boolean exists(String name) throws IOException;

    /** Opens a file that is there, for reading and writing. */
    LogFile open(String name) throws IOException;

    /** Makes a file that is not there, and the folder it is in. */
    LogFile create(String name) throws IOException;

    void delete(String name) throws IOException;

    /** Gives a file another name, in place of the file that has it, at once. */
    void rename(String from, String to) throws IOException;

    /** When this returns, what was made, deleted and renamed in the folder outlives a power cut. */
    void forceFolder(String folder) throws IOException;

    /** Lets another process use the folder. */
    @Override
    void close() throws IOException;
}
