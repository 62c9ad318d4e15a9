package com.neuralrouter.server.bootstrap;

import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.server.secret.VaultUnusable;

import java.time.Clock;
import java.util.Map;

/** Starts an appliance on a site: unseals its vault, then starts everything else. */
public final class Launch {
    private final Map<String, String> environment;

    /**
     * @param environment the process's, in which systemd says where its credentials are
     */
    public Launch(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Throws what the part says that can't be started; its message is for the operator. */
    public RunningAppliance start(SiteFolder site, ApplianceConfig config, Clock clock) {
        Vault vault =
                new SiteVault(site, environment, clock)
                        .openByItself()
                        .orElseThrow(() ->
                                new VaultUnusable(
                                        "The vault's seal takes a person; it does not open by"
                                                + " itself."));
        return Appliance.start(site, config, vault, clock);
    }
}
