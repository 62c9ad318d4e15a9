package com.neuralrouter.server.admin;

import java.nio.file.Path;

/**
 * A process that changes a site until it is killed, and prints the name of each workspace whose
 * creation was acknowledged. Started by {@link AdminChangesSurviveKillIT}.
 */
final class ChangesUntilKilled {
    private ChangesUntilKilled() {}

    public static void main(String[] arguments) {
        var site = new TestSite(Path.of(arguments[0]));
        for (int i = 0; ; i++) {
            System.out.println(site.workspace(arguments[1] + "-" + i).name());
        }
    }
}
