package com.neuralrouter.server.secret;

import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.secret.seal.SealMaterial;
import com.neuralrouter.server.secret.seal.SealSpec;
import com.neuralrouter.server.secret.seal.Seals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;

/** Vaults under a key file, as {@code init} makes them. */
public final class TestVault {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SealMaterial NOTHING = new SealMaterial.Nothing();

    private TestVault() {}

    /** The vault of a site's folder: a new one, or the one that is there. */
    public static Vault in(Path site) {
        Clock clock = Clock.systemUTC();
        Path file = site.resolve("keys").resolve("vault.json");
        var seals = new Seals(site, Map.of(), RANDOM);
        if (Files.exists(file)) {
            return Vault.open(
                    file, seals.open(VaultFile.read(file).seal().record(), NOTHING), RANDOM, clock);
        }
        var spec = new SealSpec.KeyFile(Path.of("keys", "seal.key"));
        return Vault.create(
                file, new Ids(clock).next(), seals.create(spec, NOTHING).seal(), RANDOM, clock);
    }
}
