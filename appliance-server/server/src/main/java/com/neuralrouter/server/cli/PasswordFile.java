package com.neuralrouter.server.cli;

import com.neuralrouter.certs.trust.CertificateProblem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A password in a file of its own; a line break at the end does not belong to it. */
final class PasswordFile {
    private PasswordFile() {}

    /** Throws {@link CertificateProblem} if the file is empty. */
    static char[] read(Path file) throws IOException {
        String text = Files.readString(file).replaceAll("\\R\\z", "");
        if (text.isEmpty()) {
            throw new CertificateProblem("The password file " + file + " is empty.");
        }
        return text.toCharArray();
    }
}
