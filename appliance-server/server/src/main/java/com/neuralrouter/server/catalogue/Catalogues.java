package com.neuralrouter.server.catalogue;

import com.neuralrouter.contract.CatalogueDocument;
import com.neuralrouter.contract.ModelCatalogue;
import com.neuralrouter.server.catalogue.CatalogueStore.Imported;
import com.neuralrouter.server.catalogue.CatalogueStore.Kind;
import com.neuralrouter.server.store.Tx;

import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The catalogues that there are, and what is in force: of the one that came with the appliance and
 * the one that was imported, the newer; and over it the site's own. Safe for all threads.
 */
public final class Catalogues {
    private static final System.Logger LOG = System.getLogger(Catalogues.class.getName());
    private static final int HASH_CHARACTERS = 12;

    private final CatalogueTrust trust;
    private final CatalogueDocument shipped;
    private final CatalogueStore store;

    /** Throws {@link CatalogueRefused} when what came with the appliance is not as it was made. */
    public Catalogues(CatalogueTrust trust, CatalogueDocument shipped, CatalogueStore store) {
        this.trust = trust;
        this.shipped = shipped;
        this.store = store;
    }

    /** With what comes with this version. */
    public static Catalogues builtIn() {
        CatalogueTrust trust = CatalogueTrust.builtIn();
        return new Catalogues(trust, trust.shipped(), new CatalogueStore());
    }

    /** What is in force, to be published. */
    public Catalogue inForce(Tx tx) {
        return inForce(parts(tx));
    }

    private static Catalogue inForce(Parts parts) {
        return Catalogue.of(parts.signed(), parts.own(), parts.version());
    }

    ModelCatalogue shown(Tx tx) {
        Parts parts = parts(tx);
        CatalogueDocument signed = parts.signed();
        Catalogue inForce = inForce(parts);
        return new ModelCatalogue(
                parts.version(),
                serial(signed),
                Objects.requireNonNull(signed.issued()),
                parts.signedAt().orElse(null),
                parts.ownAt().orElse(null),
                inForce.prices().currency(),
                inForce.models());
    }

    CatalogueTrust trust() {
        return trust;
    }

    CatalogueStore store() {
        return store;
    }

    /** The serial of the signed one in force. */
    long serial(Tx tx) {
        return serial(parts(tx).signed());
    }

    /** What is in force is made of. */
    private record Parts(
            CatalogueDocument signed,
            Optional<Instant> signedAt,
            CatalogueDocument own,
            Optional<Instant> ownAt,
            String version) {}

    private Parts parts(Tx tx) {
        Optional<Imported> imported = store.find(tx, Kind.SIGNED);
        Optional<CatalogueDocument> newer =
                imported.flatMap(this::believed).filter(each -> serial(each) > serial(shipped));
        CatalogueDocument signed = newer.orElse(shipped);
        Optional<Imported> own = store.find(tx, Kind.OWN);
        return new Parts(
                signed,
                newer.flatMap(_ -> imported).map(Imported::at),
                own.map(each -> CatalogueFile.own(each.document()))
                        .orElseGet(() -> nothing(signed.currency())),
                own.map(Imported::at),
                serial(signed) + own.map(each -> "+" + hash(each.document())).orElse(""));
    }

    /**
     * One that was imported under another version's key is not believed by this one any more; what
     * came with this version is newer than it then.
     */
    private Optional<CatalogueDocument> believed(Imported imported) {
        try {
            return Optional.of(
                    trust.verified(
                            imported.document(), Objects.requireNonNull(imported.signature())));
        } catch (CatalogueRefused refused) {
            LOG.log(
                    Level.WARNING,
                    "The imported model catalogue is not used. cause={0}",
                    refused.getMessage());
            return Optional.empty();
        }
    }

    private static CatalogueDocument nothing(String currency) {
        return new CatalogueDocument(1, null, null, currency, List.of());
    }

    private static long serial(CatalogueDocument signed) {
        return Objects.requireNonNull(signed.serial());
    }

    private static String hash(String document) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(document.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_CHARACTERS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
