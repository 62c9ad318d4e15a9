package com.neuralrouter.desktop.ui;

import javafx.stage.FileChooser;
import javafx.stage.Window;

import java.nio.file.Path;
import java.util.Optional;

/** Asks the user where a file should go. Window's thread only. */
@FunctionalInterface
public interface FileTarget {
    /** The chosen file; empty if the user thought better of it. */
    Optional<Path> choose(String title, String suggestedName);

    /** The system's own dialog over that window. */
    record Chooser(Window owner) implements FileTarget {
        @Override
        public Optional<Path> choose(String title, String suggestedName) {
            var chooser = new FileChooser();
            chooser.setTitle(title);
            chooser.setInitialFileName(suggestedName);
            return Optional.ofNullable(chooser.showSaveDialog(owner)).map(java.io.File::toPath);
        }
    }
}
