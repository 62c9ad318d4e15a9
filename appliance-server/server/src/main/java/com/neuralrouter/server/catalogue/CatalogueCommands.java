package com.neuralrouter.server.catalogue;

import com.neuralrouter.contract.CatalogueDocument;
import com.neuralrouter.contract.ImportCatalogue;
import com.neuralrouter.contract.ModelCatalogue;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.catalogue.CatalogueStore.Imported;
import com.neuralrouter.server.catalogue.CatalogueStore.Kind;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Objects;

/** Imports catalogues. Safe for all threads. */
public final class CatalogueCommands {
    private final AdminTransactions transactions;
    private final Catalogues catalogues;
    private final Clock clock;

    public CatalogueCommands(AdminTransactions transactions, Catalogues catalogues, Clock clock) {
        this.transactions = transactions;
        this.catalogues = catalogues;
        this.clock = clock;
    }

    /**
     * Imports a signed catalogue that is newer than what is in force, or replaces the site's own.
     * Throws {@link AdminRefused}.
     */
    public ModelCatalogue importCatalogue(Authorised by, ImportCatalogue wanted) {
        by.demand(Permission.CATALOGUE_MANAGE);
        Kind kind = wanted.signature() == null ? Kind.OWN : Kind.SIGNED;
        CatalogueDocument read = read(wanted);
        return transactions.run(
                by,
                tx -> {
                    String before = catalogues.inForce(tx).prices().version();
                    if (kind == Kind.SIGNED) {
                        demandNewer(tx, Objects.requireNonNull(read.serial()));
                    }
                    catalogues
                            .store()
                            .put(
                                    tx,
                                    kind,
                                    new Imported(
                                            wanted.document(),
                                            wanted.signature(),
                                            Columns.now(clock)));
                    ModelCatalogue now = catalogues.shown(tx);
                    return Audited.of(now, event(kind, read, before, now));
                });
    }

    private CatalogueDocument read(ImportCatalogue wanted) {
        String signature = wanted.signature();
        try {
            return signature == null
                    ? CatalogueFile.own(wanted.document())
                    : catalogues.trust().verified(wanted.document(), signature);
        } catch (CatalogueRefused refused) {
            throw AdminRefused.field("document", String.valueOf(refused.getMessage()));
        }
    }

    /** Who has an old file must not be able to bring back its prices. */
    private void demandNewer(Tx tx, long serial) {
        long inForce = catalogues.serial(tx);
        if (serial <= inForce) {
            throw AdminRefused.field(
                    "document",
                    "has serial " + serial + ", which is not newer than " + inForce + " in force");
        }
    }

    private static AuditEvent event(
            Kind kind, CatalogueDocument read, String before, ModelCatalogue now) {
        var details = new LinkedHashMap<String, String>();
        details.put("kind", kind == Kind.OWN ? "own" : "signed");
        details.put("models", String.valueOf(read.models().size()));
        details.put("priceBookBefore", before);
        details.put("priceBookAfter", now.priceBook());
        return AuditEvent.done("catalogue.imported", "catalogue", details);
    }
}
