package com.neuralrouter.server.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the appliance, from its jar's manifest. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"neural-router " + text(), "Java " + Runtime.version()};
    }

    /** As in {@code 1.2.3}; {@code development} when it does not run from its jar. */
    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
