package com.neuralrouter.server.secret.seal;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
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

    /** Makes a seal. The material must be what {@link #automatic(SealSpec)} gives or asks for. */
    public NewSeal create(SealSpec spec, SealMaterial material) {
        return switch (spec) {
            case SealSpec.KeyFile file -> withoutShares(KeyFile.create(file.file(), site, random));
            case SealSpec.Passphrase passphrase ->
                    withoutShares(
                            Passphrase.create(
                                    passphrase.source(),
                                    the(SealMaterial.Passphrase.class, material).value(),
                                    passphrase.cost(),
                                    random));
            case SealSpec.Shares shares ->
                    Shares.create(shares.threshold(), shares.count(), random);
            case SealSpec.Pkcs11 hsm ->
                    withoutShares(
                            Pkcs11Seal.create(
                                    hsm.key(),
                                    hsm.source(),
                                    the(SealMaterial.Pin.class, material).value(),
                                    random));
            case SealSpec.Transit transit ->
                    withoutShares(
                            TransitSeal.create(
                                    transit.key(),
                                    transit.source(),
                                    the(SealMaterial.Token.class, material).value(),
                                    site));
        };
    }

    /** Opens a seal. Whatever is given, a wrong one is told before anything is unwrapped. */
    public Seal open(SealRecord record, SealMaterial material) {
        return switch (record.kind()) {
            case KEY_FILE -> KeyFile.open(record, site, random);
            case PASSPHRASE ->
                    Passphrase.open(
                            record, the(SealMaterial.Passphrase.class, material).value(), random);
            case SHARES ->
                    Shares.open(
                            record, the(SealMaterial.Shares.class, material).collector(), random);
            case PKCS11 ->
                    Pkcs11Seal.open(record, the(SealMaterial.Pin.class, material).value(), random);
            case TRANSIT ->
                    TransitSeal.open(record, the(SealMaterial.Token.class, material).value(), site);
        };
    }

    /** For the shares of a seal of that kind. */
    public ShareCollector collector(SealRecord record) {
        return new ShareCollector(record);
    }

    /**
     * What opens the seal without a person, and the caller closes; empty if one is needed. Throws
     * {@link SealRefused} if a file or credential was promised and can't be read.
     */
    public Optional<SealMaterial> automatic(SealRecord record) {
        SecretSource source =
                record.optional("source").map(SecretSource::of).orElse(new SecretSource.Person());
        return record.kind() == SealKind.SHARES
                ? Optional.empty()
                : automatic(record.kind(), source);
    }

    /** The same for a seal that is to be made. */
    public Optional<SealMaterial> automatic(SealSpec spec) {
        return automatic(spec.kind(), spec.source());
    }

    private Optional<SealMaterial> automatic(SealKind kind, SecretSource source) {
        return switch (kind) {
            case KEY_FILE, SHARES -> Optional.of(new SealMaterial.Nothing());
            case PASSPHRASE -> source.read(site, environment).map(SealMaterial.Passphrase::new);
            case PKCS11 -> source.read(site, environment).map(SealMaterial.Pin::new);
            case TRANSIT -> source.read(site, environment).map(SealMaterial.Token::new);
        };
    }

    private static NewSeal withoutShares(Seal seal) {
        return new NewSeal(seal, List.of());
    }

    private static <M extends SealMaterial> M the(Class<M> kind, SealMaterial material) {
        if (!kind.isInstance(material)) {
            throw new SealRefused(
                    "This seal takes a %s and was given something else."
                            .formatted(kind.getSimpleName().toLowerCase(Locale.ROOT)));
        }
        return kind.cast(material);
    }
}
