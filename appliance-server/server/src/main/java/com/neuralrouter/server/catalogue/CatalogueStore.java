package com.neuralrouter.server.catalogue;

import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;

/**
 * The table {@code model_catalogue}: the newest signed catalogue that was imported, and the site's
 * own, each as the file that it was. No state; safe for all threads.
 */
public final class CatalogueStore {

    /** The rows that there can be. */
    enum Kind {
        SIGNED(1),
        OWN(2);

        private final int id;

        Kind(int id) {
            this.id = id;
        }
    }

    /**
     * A file that was imported.
     *
     * @param signature null for the site's own
     */
    record Imported(String document, @Nullable String signature, Instant at) {}

    Optional<Imported> find(Tx tx, Kind kind) {
        return tx.handle()
                .createQuery(
                        """
                        SELECT document, signature, imported_at FROM model_catalogue WHERE id = :id
                        """)
                .bind("id", kind.id)
                .map((row, _) ->
                        new Imported(
                                row.getString("document"),
                                row.getString("signature"),
                                Columns.time(row, "imported_at")))
                .findOne();
    }

    void put(Tx tx, Kind kind, Imported imported) {
        tx.touched("model_catalogue", kind.id);
        tx.handle().execute("DELETE FROM model_catalogue WHERE id = ?", kind.id);
        tx.handle()
                .execute(
                        """
                        INSERT INTO model_catalogue (id, document, signature, imported_at)
                        VALUES (?, ?, ?, ?)
                        """,
                        kind.id,
                        imported.document(),
                        imported.signature(),
                        Columns.time(imported.at()));
    }
}
