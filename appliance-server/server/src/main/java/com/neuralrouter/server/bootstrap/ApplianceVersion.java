package com.neuralrouter.server.bootstrap;

/** Which version of the appliance this is, as its jar's manifest says. */
public final class ApplianceVersion {

    private ApplianceVersion() {}

    /** As in {@code 1.2.3}; {@code development} when it does not run from its jar. */
    public static String text() {
        String version = ApplianceVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
