package com.neuralrouter.desktop.settings;

import java.util.Optional;

/** Which program this is, and what it runs on: what one tells who helps. */
record Versions(
        Optional<String> desktop, String java, String javaFx, String system, String systemVersion) {

    /** Of this process; the desktop's own is known when it runs from its jar. */
    static Versions here() {
        return new Versions(
                Optional.ofNullable(Versions.class.getPackage().getImplementationVersion()),
                Runtime.version() + " (" + System.getProperty("java.vendor", "") + ")",
                System.getProperty("javafx.runtime.version", "–"),
                System.getProperty("os.name", "") + ", " + System.getProperty("os.arch", ""),
                System.getProperty("os.version", ""));
    }
}
