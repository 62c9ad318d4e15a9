package com.neuralrouter.server.provider;

import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code provider}. No state; safe for all threads. */
public final class ProviderStore {
    private static final String SELECT =
            """
            SELECT id, name, kind, base_url, authentication, trusted_certificates, created_at
            FROM provider
            """;

    public Optional<StoredProvider> find(Tx tx, ProviderId id) {
        return tx.handle()
                .createQuery(SELECT + "WHERE id = :id")
                .bind("id", id.value())
                .map((row, _) -> provider(row))
                .findOne();
    }

    public Optional<StoredProvider> byName(Tx tx, String name) {
        return tx.handle()
                .createQuery(SELECT + "WHERE name = :name")
                .bind("name", name)
                .map((row, _) -> provider(row))
                .findOne();
    }

    /** By name, beginning behind {@code after}; an empty text begins at the first. */
    public List<StoredProvider> after(Tx tx, String after, int limit) {
        return tx.handle()
                .createQuery(SELECT + "WHERE name > :after ORDER BY name LIMIT :limit")
                .bind("after", after)
                .bind("limit", limit)
                .map((row, _) -> provider(row))
                .list();
    }

    /** All of them, by name: for the snapshot and for a site's document. */
    public List<StoredProvider> all(Tx tx) {
        return after(tx, "", Integer.MAX_VALUE);
    }

    void insert(Tx tx, StoredProvider provider) {
        tx.touched("provider", provider.endpoint().id().value());
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO provider (id, name, kind, base_url, authentication,
                            trusted_certificates, created_at)
                        VALUES (:id, :name, :kind, :baseUrl, :authentication,
                            :trusted, :createdAt)
                        """)
                .bind("id", provider.endpoint().id().value())
                .bind("name", provider.endpoint().name())
                .bind("kind", provider.endpoint().kind().name())
                .bind("baseUrl", address(provider.endpoint()))
                .bind("authentication", provider.endpoint().authentication().name())
                .bind("trusted", provider.endpoint().trustedCertificates())
                .bind("createdAt", Columns.time(provider.createdAt()))
                .execute();
    }

    void update(Tx tx, Endpoint endpoint) {
        tx.touched("provider", endpoint.id().value());
        tx.handle()
                .createUpdate(
                        """
                        UPDATE provider SET kind = :kind, base_url = :baseUrl,
                            authentication = :authentication, trusted_certificates = :trusted
                        WHERE id = :id
                        """)
                .bind("kind", endpoint.kind().name())
                .bind("baseUrl", address(endpoint))
                .bind("authentication", endpoint.authentication().name())
                .bind("trusted", endpoint.trustedCertificates())
                .bind("id", endpoint.id().value())
                .execute();
    }

    /** Fails on a foreign key while a route or a credential is for it. */
    void delete(Tx tx, ProviderId id) {
        tx.touched("provider", id.value());
        tx.handle().execute("DELETE FROM provider WHERE id = ?", id.value());
    }

    private static @Nullable String address(Endpoint endpoint) {
        return endpoint.address().map(URI::toString).orElse(null);
    }

    private static StoredProvider provider(ResultSet row) throws SQLException {
        @Nullable String baseUrl = row.getString("base_url");
        return new StoredProvider(
                new Endpoint(
                        new ProviderId(row.getObject("id", UUID.class)),
                        row.getString("name"),
                        ProviderKind.valueOf(row.getString("kind")),
                        baseUrl == null ? null : URI.create(baseUrl),
                        Authentication.valueOf(row.getString("authentication")),
                        row.getString("trusted_certificates")),
                Columns.time(row, "created_at"));
    }
}
