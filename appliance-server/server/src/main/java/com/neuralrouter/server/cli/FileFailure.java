package com.neuralrouter.server.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * Says in a sentence why a file could not be read or written; the JDK's messages are bare paths.
 */
final class FileFailure {
    private FileFailure() {}

    static String sentence(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing ->
                    "There is no file " + missing.getFile() + ", or not the folder it belongs in.";
            case FileAlreadyExistsException there ->
                    there.getFile() + " is there already and is left as it is.";
            case AccessDeniedException denied ->
                    "This account may not open " + denied.getFile() + ".";
            case FileSystemException other ->
                    other.getFile() + " cannot be used: " + other.getReason() + ".";
            default -> "A file cannot be used: " + failure.getMessage() + ".";
        };
    }
}
