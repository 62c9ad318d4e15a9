package com.neuralrouter.server.cli;

import com.neuralrouter.server.bootstrap.ApplianceVersion;

import picocli.CommandLine.IVersionProvider;

/** The version of the appliance, from its jar's manifest. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "neural-router " + ApplianceVersion.text(), "Java " + Runtime.version()
        };
    }
}
