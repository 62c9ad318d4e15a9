package com.neuralrouter.server.admin;

import java.nio.file.Path;

/**
 * A process that changes a site on some threads at once until it is killed, and prints the name of
 * each workspace whose creation was acknowledged. Started by {@link AdminChangesSurviveKillIT}.
 */
final class ChangesUntilKilled {
    private static final int THREADS = 4;

    private ChangesUntilKilled() {}

    public static void main(String[] arguments) {
        var site = new TestSite(Path.of(arguments[0]));
        for (int i = 0; i < THREADS; i++) {
            String prefix = arguments[1] + "-" + i + "-";
            Thread.ofPlatform().start(() -> change(site, prefix));
        }
    }

    private static void change(TestSite site, String prefix) {
        for (int i = 0; ; i++) {
            System.out.println(site.workspace(prefix + i).name());
        }
    }
}
