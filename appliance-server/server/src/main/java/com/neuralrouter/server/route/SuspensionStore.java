package com.neuralrouter.server.route;

import com.neuralrouter.contract.ProviderHealth.Standing;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The table {@code provider_suspension}: a restart does not bring a provider back. No state; safe
 * for all threads.
 */
public final class SuspensionStore {
    private static final String SELECT =
            "SELECT provider_id, standing, automatic, reason, since FROM provider_suspension";

    /** All there are: for what plans are made by. */
    public Map<ProviderId, Suspension> all(Tx tx) {
        var found = new HashMap<ProviderId, Suspension>();
        tx.handle()
                .createQuery(SELECT)
                .map((row, _) ->
                        Map.entry(
                                new ProviderId(row.getObject("provider_id", UUID.class)),
                                suspension(row)))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    Optional<Suspension> find(Tx tx, ProviderId provider) {
        return tx.handle()
                .createQuery(SELECT + " WHERE provider_id = :provider")
                .bind("provider", provider.value())
                .map((row, _) -> suspension(row))
                .findOne();
    }

    void put(Tx tx, ProviderId provider, Suspension suspension) {
        delete(tx, provider);
        tx.handle()
                .execute(
                        """
                        INSERT INTO provider_suspension
                            (provider_id, standing, automatic, reason, since)
                        VALUES (?, ?, ?, ?, ?)
                        """,
                        provider.value(),
                        suspension.standing().name(),
                        suspension.automatic(),
                        suspension.reason(),
                        Columns.time(suspension.since()));
    }

    void delete(Tx tx, ProviderId provider) {
        tx.touched("provider_suspension", provider.value());
        tx.handle()
                .execute("DELETE FROM provider_suspension WHERE provider_id = ?", provider.value());
    }

    private static Suspension suspension(ResultSet row) throws SQLException {
        return new Suspension(
                Standing.valueOf(row.getString("standing")),
                row.getBoolean("automatic"),
                row.getString("reason"),
                Columns.time(row, "since"));
    }
}
