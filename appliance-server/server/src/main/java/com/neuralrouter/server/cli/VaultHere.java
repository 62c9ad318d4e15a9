package com.neuralrouter.server.cli;

import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.bootstrap.SiteVault;
import com.neuralrouter.server.secret.Vault;

import java.time.Clock;
import java.util.Map;

/** Opens a site's vault for a command that works on the site's folder by itself. */
final class VaultHere {
    private static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";

    private VaultHere() {}

    static SiteVault of(SiteFolder site, Terminal.Environment environment, Clock clock) {
        String folder = environment.apply(CREDENTIALS);
        return new SiteVault(site, folder == null ? Map.of() : Map.of(CREDENTIALS, folder), clock);
    }

    static Vault open(SiteFolder site, Terminal.Environment environment, Clock clock) {
        return of(site, environment, clock)
                .openByItself()
                .orElseThrow(() ->
                        new CommandFailed(
                                "The vault of "
                                        + site.root()
                                        + " does not open by itself; a person has to unseal it."));
    }
}
