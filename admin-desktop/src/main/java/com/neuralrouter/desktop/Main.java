package com.neuralrouter.desktop;

import javafx.application.Application;

/**
 * Starts the admin desktop. It is not the application class itself, because the Java launcher would
 * then want JavaFX on the module path before it reads a line of ours.
 */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        LogFile.open(DesktopFolder.ofUser().logs());
        Application.launch(Desktop.class, arguments);
    }
}
