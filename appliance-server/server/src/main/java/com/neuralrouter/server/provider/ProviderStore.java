package com.neuralrouter.server.provider;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.ServiceDocument;
import com.neuralrouter.server.policy.Destination;
import com.neuralrouter.server.policy.Retention;
import com.neuralrouter.server.provider.Endpoint.Options;
import com.neuralrouter.server.provider.Endpoint.Patience;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.StoredJson;
import com.neuralrouter.server.store.Tx;

import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The table {@code provider}. No state; safe for all threads. */
public final class ProviderStore {
    private static final String SELECT =
            """
            SELECT id, name, kind, base_url, authentication, trusted_certificates, jurisdiction,
                   region, trains_on_data, retention, certificate_pins, operations, api_version, service,
                   created_at
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
        declared(
                        tx.handle()
                                .createUpdate(
                                        """
                                        INSERT INTO provider (id, name, kind, base_url, authentication,
                                            trusted_certificates, jurisdiction, region, trains_on_data,
                                            retention, certificate_pins, operations, api_version, service, created_at)
                                        VALUES (:id, :name, :kind, :baseUrl, :authentication,
                                            :trusted, :jurisdiction, :region, :trains, :retention, :pins, :operations, :apiVersion, :service,
                                            :createdAt)
                                        """),
                        provider.endpoint())
                .bind("id", provider.endpoint().id().value())
                .bind("name", provider.endpoint().name())
                .bind("kind", provider.endpoint().kind().name())
                .bind("baseUrl", address(provider.endpoint()))
                .bind("authentication", provider.endpoint().authentication().name())
                .bind("trusted", provider.endpoint().trustedCertificates())
                .bind("service", json(provider.service()))
                .bind("createdAt", Columns.time(provider.createdAt()))
                .execute();
    }

    void update(Tx tx, StoredProvider provider) {
        Endpoint endpoint = provider.endpoint();
        tx.touched("provider", endpoint.id().value());
        declared(
                        tx.handle()
                                .createUpdate(
                                        """
                                        UPDATE provider SET kind = :kind, base_url = :baseUrl,
                                            authentication = :authentication, trusted_certificates = :trusted,
                                            jurisdiction = :jurisdiction, region = :region,
                                            trains_on_data = :trains, retention = :retention,
                                            certificate_pins = :pins,
                                            operations = :operations, api_version = :apiVersion, service = :service
                                        WHERE id = :id
                                        """),
                        endpoint)
                .bind("kind", endpoint.kind().name())
                .bind("baseUrl", address(endpoint))
                .bind("authentication", endpoint.authentication().name())
                .bind("trusted", endpoint.trustedCertificates())
                .bind("service", json(provider.service()))
                .bind("id", endpoint.id().value())
                .execute();
    }

    /** Fails on a foreign key while a route or a credential is for it. */
    void delete(Tx tx, ProviderId id) {
        tx.touched("provider_suspension", id.value());
        tx.touched("provider", id.value());
        tx.handle().execute("DELETE FROM provider_suspension WHERE provider_id = ?", id.value());
        tx.handle().execute("DELETE FROM provider WHERE id = ?", id.value());
    }

    private static Update declared(Update update, Endpoint endpoint) {
        Destination to = endpoint.destination();
        return update.bind("jurisdiction", to.jurisdiction())
                .bind("region", to.region())
                .bind("trains", to.trainsOnData())
                .bind("retention", to.keeps())
                .bind(
                        "pins",
                        endpoint.pins().isEmpty()
                                ? null
                                : endpoint.pins().stream().sorted().collect(joining(" ")))
                .bind("operations", operations(endpoint))
                .bind("apiVersion", apiVersion(endpoint));
    }

    private static Destination destination(ResultSet row) throws SQLException {
        @Nullable String retention = row.getString("retention");
        return Destination.of(
                row.getString("name"),
                row.getString("jurisdiction"),
                row.getString("region"),
                row.getBoolean("trains_on_data"),
                retention == null ? null : Retention.of(retention));
    }

    private static Set<String> pins(@Nullable String pins) {
        return pins == null ? Set.of() : Set.of(pins.split(" "));
    }

    private static @Nullable String json(@Nullable ServiceDocument service) {
        return service == null ? null : StoredJson.write(service);
    }

    private static @Nullable String address(Endpoint endpoint) {
        return endpoint.address().map(URI::toString).orElse(null);
    }

    /** Their wire forms, in the order of their declaration; null where there are none. */
    private static @Nullable String operations(Endpoint endpoint) {
        Set<Operation> operations = endpoint.options().operations();
        return operations.isEmpty()
                ? null
                : operations.stream().sorted().map(Operation::wire).collect(joining(","));
    }

    private static @Nullable String apiVersion(Endpoint endpoint) {
        String version = endpoint.options().apiVersion();
        return version.isEmpty() ? null : version;
    }

    private static Options options(ResultSet row, @Nullable ServiceDocument service)
            throws SQLException {
        @Nullable String operations = row.getString("operations");
        @Nullable String apiVersion = row.getString("api_version");
        return new Options(
                operations == null
                        ? Set.of()
                        : Stream.of(operations.split(",", -1))
                                .map(Operation::of)
                                .collect(toUnmodifiableSet()),
                apiVersion == null ? "" : apiVersion,
                Patience.of(service));
    }

    private static StoredProvider provider(ResultSet row) throws SQLException {
        @Nullable String baseUrl = row.getString("base_url");
        @Nullable String said = row.getString("service");
        @Nullable ServiceDocument service =
                said == null ? null : StoredJson.read(said, ServiceDocument.class);
        return new StoredProvider(
                new Endpoint(
                        new ProviderId(row.getObject("id", UUID.class)),
                        row.getString("name"),
                        ProviderKind.valueOf(row.getString("kind")),
                        baseUrl == null ? null : URI.create(baseUrl),
                        Authentication.valueOf(row.getString("authentication")),
                        row.getString("trusted_certificates"),
                        destination(row),
                        pins(row.getString("certificate_pins")),
                        options(row, service)),
                service,
                Columns.time(row, "created_at"));
    }
}
