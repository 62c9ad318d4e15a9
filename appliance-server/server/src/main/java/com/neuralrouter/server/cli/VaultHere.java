package com.neuralrouter.server.cli;

import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.bootstrap.SiteVault;
import com.neuralrouter.server.secret.SecretBytes;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.server.secret.seal.SealChoice;
import com.neuralrouter.server.secret.seal.SealKind;
import com.neuralrouter.server.secret.seal.SealMaterial;
import com.neuralrouter.server.secret.seal.SealRecord;
import com.neuralrouter.server.secret.seal.ShareCollector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Opens a site's vault for a command that works on the site's folder by itself; a person is asked
 * where the seal takes one.
 */
final class VaultHere {
    private static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";

    private VaultHere() {}

    static SiteVault of(SiteFolder site, Terminal.Environment environment, Clock clock) {
        String folder = environment.apply(CREDENTIALS);
        return new SiteVault(site, folder == null ? Map.of() : Map.of(CREDENTIALS, folder), clock);
    }

    /** The same with what a person types, or writes to the standard input. */
    static Vault open(SiteFolder site, Terminal terminal, Clock clock) {
        return open(site, terminal, new SecretOptions(), clock);
    }

    /** Opens it by itself, or with what the options name or a person enters. */
    static Vault open(SiteFolder site, Terminal terminal, SecretOptions secrets, Clock clock) {
        SiteVault here = of(site, terminal.environment(), clock);
        Optional<Vault> vault = here.openByItself();
        if (vault.isPresent()) {
            return vault.get();
        }
        try (secrets;
                SealMaterial material = ask(here, terminal, secrets)) {
            return here.open(material);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static SealMaterial ask(SiteVault here, Terminal terminal, SecretOptions secrets)
            throws IOException {
        SealRecord seal = here.record().seal().record();
        if (seal.kind() != SealKind.SHARES) {
            return SealChoice.material(
                    seal.kind(), secrets.next(SecretOptions.question(seal.kind()), terminal));
        }
        ShareCollector shares = here.seals().collector(seal);
        try {
            while (shares.missing() > 0) {
                String question = "Share (%d more needed)".formatted(shares.missing());
                try (SecretBytes share = secrets.next(question, terminal)) {
                    shares.add(share);
                }
            }
            return new SealMaterial.Shares(shares);
        } catch (IOException | RuntimeException failed) {
            shares.close();
            throw failed;
        }
    }
}
