package com.neuralrouter.server.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules R9 and R14, by what a file of the desktop imports. */
final class DesktopImports {
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^import (?:static )?([\\w.]+(?:\\.\\*)?);");

    private DesktopImports() {}

    /** What is wrong with a file, one sentence each. */
    static List<String> remarks(String name, String source) {
        List<String> remarks = new ArrayList<>();
        Matcher matcher = IMPORT.matcher(source);
        while (matcher.find()) {
            String imported = matcher.group(1);
            if (imported.startsWith("com.neuralrouter.server.")) {
                remarks.add(name + " imports " + imported + ": the desktop is a client (R9)");
            }
            if (imported.startsWith("com.neuralrouter.certs.ca.")) {
                remarks.add(name + " imports " + imported + ": the desktop cannot sign (R9)");
            }
            if (name.endsWith("ViewModel.java")
                    && imported.matches("javafx\\.(scene|stage)\\..*")) {
                remarks.add(name + " imports " + imported + ": tested without a screen (R14)");
            }
            if (name.contains("/client/") && imported.startsWith("javafx.")) {
                remarks.add(name + " imports " + imported + ": the client knows no window (R14)");
            }
        }
        return remarks;
    }
}
