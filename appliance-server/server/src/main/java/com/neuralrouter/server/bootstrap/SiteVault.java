package com.neuralrouter.server.bootstrap;

import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.server.secret.VaultFile;
import com.neuralrouter.server.secret.VaultRecord;
import com.neuralrouter.server.secret.VaultRecord.SealEntry;
import com.neuralrouter.server.secret.seal.Seal;
import com.neuralrouter.server.secret.seal.SealMaterial;
import com.neuralrouter.server.secret.seal.SealRecord;
import com.neuralrouter.server.secret.seal.SealRefused;
import com.neuralrouter.server.secret.seal.SealSpec;
import com.neuralrouter.server.secret.seal.Seals;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a site's vault is made and opened: the vault's file and the seals that fit it. Safe for all
 * threads; what it opens belongs to the caller.
 */
public final class SiteVault {
    /** Where a key file that seals the vault lies in a site, if one does. */
    public static final Path KEY_FILE_PATH = Path.of("keys", "seal.key");

    /** The seal of a site that nobody chose one for: opens by itself, for trying out. */
    public static final SealSpec KEY_FILE = new SealSpec.KeyFile(KEY_FILE_PATH);

    private final SiteFolder site;
    private final Seals seals;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param environment the process's, in which systemd says where its credentials are
     */
    public SiteVault(SiteFolder site, Map<String, String> environment, Clock clock) {
        this.site = site;
        this.seals = new Seals(site.root(), environment, random);
        this.clock = clock;
    }

    /** The seals of this site, to make another one. */
    public Seals seals() {
        return seals;
    }

    /** What the vault's file says, which takes no key to read. */
    public VaultRecord record() {
        return VaultFile.read(site.vault());
    }

    /**
     * Opens the vault with what is at hand on this machine; empty if its seal takes a person.
     * Throws {@link SealRefused} if what is at hand does not fit, and {@link
     * com.neuralrouter.server.secret.VaultUnusable}.
     */
    public Optional<Vault> openByItself() {
        for (SealRecord seal : openable()) {
            Optional<SealMaterial> material = seals.automatic(seal);
            if (material.isPresent()) {
                try (SealMaterial at = material.get()) {
                    return Optional.of(open(seal, at));
                }
            }
        }
        return Optional.empty();
    }

    /** Opens the vault with what a person gave, which the caller wipes. Throws the same. */
    public Vault open(SealMaterial material) {
        List<SealRecord> openable = openable();
        try {
            return open(openable.getFirst(), material);
        } catch (SealRefused refused) {
            if (openable.size() == 1) {
                throw refused;
            }
            return open(openable.getLast(), material);
        }
    }

    /** Whether material opens the vault that is open here, changing nothing: a drill. */
    void prove(Vault vault, SealMaterial material) {
        try (Seal seal = seals.open(vault.record().seal().record(), material)) {
            vault.prove(seal);
        }
    }

    private Vault open(SealRecord record, SealMaterial material) {
        Seal seal = seals.open(record, material);
        try {
            return Vault.open(site.vault(), seal, random, clock);
        } catch (RuntimeException failed) {
            seal.close();
            throw failed;
        }
    }

    private List<SealRecord> openable() {
        return record().seals().stream().map(SealEntry::record).toList();
    }
}
