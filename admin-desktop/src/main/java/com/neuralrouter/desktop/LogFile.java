package com.neuralrouter.desktop;

import com.neuralrouter.certs.trust.PrivateFile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Where the program's log goes: a few rolling files beside its settings. */
final class LogFile {
    private static final int BYTES = 1_000_000;
    private static final int FILES = 3;

    private LogFile() {}

    /** Begins to write there; without such a file the program runs all the same. */
    static void open(Path folder) {
        try {
            PrivateFile.folder(folder);
            var file =
                    new FileHandler(
                            folder.resolve("desktop-%g.log").toString(), BYTES, FILES, true);
            file.setFormatter(new SimpleFormatter());
            Logger.getLogger("").addHandler(file);
        } catch (IOException | java.io.UncheckedIOException e) {
            System.getLogger(LogFile.class.getName())
                    .log(System.Logger.Level.WARNING, "no log file: folder=" + folder, e);
        }
    }
}
