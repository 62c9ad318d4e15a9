package com.neuralrouter.server.secret.seal;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes and opens seals of every kind. Safe for all threads; what it opens belongs to the caller.
 * Every method throws {@link SealRefused} with a sentence for the operator.
 */
public final class Seals {
    private final Path site;
    private final Map<String, String> environment;
    private final SecureRandom random;

    /**
     * @param site the folder from which relative paths are taken
     * @param environment the process's, for {@code CREDENTIALS_DIRECTORY}
     */
    public Seals(Path site, Map<String, String> environment, SecureRandom random) {
        this.site = site;
        this.environment = Map.copyOf(environment);
        this.random = random;
    }

    /** Makes a seal. The material must be of the spec's kind. */
    public NewSeal create(SealSpec spec, SealMaterial material) {
        return switch (spec) {
            case SealSpec.KeyFile file ->
                    new NewSeal(KeyFile.create(file.file(), site, random), List.of());
            case SealSpec.Passphrase passphrase ->
                    new NewSeal(
                            Passphrase.create(
                                    passphrase.source(),
                                    passphrase(material).value(),
                                    passphrase.cost(),
                                    random),
                            List.of());
            case SealSpec.Shares shares ->
                    Shares.create(shares.threshold(), shares.count(), random);
        };
    }

    /** Opens a seal. Whatever is given, a wrong one is told before anything is unwrapped. */
    public Seal open(SealRecord record, SealMaterial material) {
        return switch (record.kind()) {
            case KEY_FILE -> KeyFile.open(record, site, random);
            case PASSPHRASE -> Passphrase.open(record, passphrase(material).value(), random);
            case SHARES -> Shares.open(record, shares(material).collector(), random);
        };
    }

    /** For the shares of a seal of that kind. */
    public ShareCollector collector(SealRecord record) {
        return new ShareCollector(record);
    }

    /** What opens the seal without a person, and the caller closes; empty if one is needed. */
    public Optional<SealMaterial> automatic(SealRecord record) {
        return switch (record.kind()) {
            case KEY_FILE -> Optional.of(new SealMaterial.Nothing());
            case PASSPHRASE ->
                    SecretSource.of(record.text("source"))
                            .read(site, environment)
                            .map(SealMaterial.Passphrase::new);
            case SHARES -> Optional.empty();
        };
    }

    /** The same for a seal that is to be made. */
    public Optional<SealMaterial> automatic(SealSpec spec) {
        return switch (spec) {
            case SealSpec.KeyFile _, SealSpec.Shares _ -> Optional.of(new SealMaterial.Nothing());
            case SealSpec.Passphrase passphrase ->
                    passphrase.source().read(site, environment).map(SealMaterial.Passphrase::new);
        };
    }

    private static SealMaterial.Passphrase passphrase(SealMaterial material) {
        return switch (material) {
            case SealMaterial.Passphrase passphrase -> passphrase;
            case SealMaterial.Nothing _, SealMaterial.Shares _ -> throw notFor("passphrase");
        };
    }

    private static SealMaterial.Shares shares(SealMaterial material) {
        return switch (material) {
            case SealMaterial.Shares shares -> shares;
            case SealMaterial.Nothing _, SealMaterial.Passphrase _ -> throw notFor("shares");
        };
    }

    private static SealRefused notFor(String needed) {
        return new SealRefused(
                "This seal is opened with its %s and got something else.".formatted(needed));
    }
}
