package com.neuralrouter.server.content;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.KeptContentHead;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.secret.SealedSecret;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The tables {@code kept_content} and {@code kept_content_piece}: sealed content with its end. No
 * state; safe for all threads.
 */
public final class KeptContentStore {
    private static final String SELECT =
            """
            SELECT c.request_id, c.workspace_id, c.api_key_id, c.kept_at, c.expires_at, c.bytes,
                c.cut, k.data_key
            FROM kept_content c JOIN kept_content_key k ON k.request_id = c.request_id
            """;

    private final ContentKeyStore keys = new ContentKeyStore();

    /** What is kept of a request, without its pieces. */
    record Row(KeptContentHead head, SealedSecret dataKey) {
        RequestId request() {
            return head.request();
        }
    }

    /**
     * Of whose requests.
     *
     * @param subject a keyed hash
     */
    record Wanted(
            WorkspaceId workspace,
            @Nullable String subject,
            @Nullable ApiKeyId apiKey,
            @Nullable RequestId request) {
        private String condition() {
            return "c.workspace_id = :workspace"
                    + (subject == null ? "" : " AND c.subject = :subject")
                    + (apiKey == null ? "" : " AND c.api_key_id = :apiKey")
                    + (request == null ? "" : " AND c.request_id = :request");
        }

        private Query bound(Query query) {
            query.bind("workspace", workspace.value());
            if (subject != null) {
                query.bind("subject", subject);
            }
            if (apiKey != null) {
                query.bind("apiKey", apiKey.value());
            }
            if (request != null) {
                query.bind("request", request.value());
            }
            return query;
        }
    }

    /** Whether anything is kept of that request. */
    boolean has(Tx tx, RequestId request) {
        return tx.handle()
                        .createQuery("SELECT COUNT(*) FROM kept_content WHERE request_id = :id")
                        .bind("id", request.value())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /**
     * @param subject the keyed hash of whom it is about; null if the request says nobody
     */
    void insert(Tx tx, Row row, @Nullable String subject) {
        KeptContentHead head = row.head();
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO kept_content (request_id, workspace_id, api_key_id, subject,
                            kept_at, expires_at, bytes, cut)
                        VALUES (:request, :workspace, :apiKey, :subject,
                            :keptAt, :expiresAt, :bytes, :cut)
                        """)
                .bind("request", head.request().value())
                .bind("workspace", head.workspace().value())
                .bind("apiKey", head.apiKey().value())
                .bind("subject", subject)
                .bind("keptAt", Columns.time(head.keptAt()))
                .bind("expiresAt", Columns.time(head.expiresAt()))
                .bind("bytes", head.bytes())
                .bind("cut", head.cut())
                .execute();
        keys.insert(tx, head.request(), head.workspace(), row.dataKey());
    }

    void insertPieces(Tx tx, RequestId request, int part, List<byte[]> pieces) {
        PreparedBatch batch =
                tx.handle()
                        .prepareBatch(
                                "INSERT INTO kept_content_piece (request_id, part, piece, sealed)"
                                        + " VALUES (?, ?, ?, ?)");
        for (int piece = 0; piece < pieces.size(); piece++) {
            batch.add(request.value(), part, piece, pieces.get(piece));
        }
        batch.execute();
    }

    Optional<Row> find(Tx tx, RequestId request, Instant now) {
        return tx.handle()
                .createQuery(SELECT + "WHERE c.request_id = :request AND c.expires_at > :now")
                .bind("request", request.value())
                .bind("now", Columns.time(now))
                .map((row, _) -> row(row))
                .findOne();
    }

    /** By their requests' ids, which are in the order of their times. */
    List<Row> of(Tx tx, Wanted wanted, @Nullable UUID after, Instant now, int limit) {
        return wanted.bound(
                        tx.handle()
                                .createQuery(
                                        SELECT
                                                + "WHERE "
                                                + wanted.condition()
                                                + " AND c.request_id > :after"
                                                + " AND c.expires_at > :now"
                                                + " ORDER BY c.request_id LIMIT :limit"))
                .bind("after", after == null ? new UUID(0, 0) : after)
                .bind("now", Columns.time(now))
                .bind("limit", limit)
                .map((row, _) -> row(row))
                .list();
    }

    /** The sealed pieces of a part, in their order. */
    List<byte[]> pieces(Tx tx, RequestId request, int part) {
        return tx.handle()
                .createQuery(
                        """
                        SELECT sealed FROM kept_content_piece
                        WHERE request_id = :request AND part = :part ORDER BY piece
                        """)
                .bind("request", request.value())
                .bind("part", part)
                .map((row, _) -> row.getBytes("sealed"))
                .list();
    }

    /**
     * Some of the requests that are meant, whether anything opens what is kept of them or not.
     *
     * @param keptBy those that were kept then or before; null for all
     */
    List<UUID> requests(Tx tx, Wanted wanted, @Nullable Instant keptBy, int limit) {
        Query query =
                wanted.bound(
                        tx.handle()
                                .createQuery(
                                        "SELECT c.request_id FROM kept_content c WHERE "
                                                + wanted.condition()
                                                + (keptBy == null ? "" : " AND c.kept_at <= :by")
                                                + " ORDER BY c.request_id LIMIT :limit"));
        if (keptBy != null) {
            query.bind("by", Columns.time(keptBy));
        }
        return query.bind("limit", limit).mapTo(UUID.class).list();
    }

    /** Some of those whose time is over. */
    List<UUID> expired(Tx tx, Instant now, int limit) {
        return tx.handle()
                .createQuery(
                        "SELECT request_id FROM kept_content WHERE expires_at <= :now LIMIT :limit")
                .bind("now", Columns.time(now))
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
    }

    /** Some of those that nothing opens any more: their key was destroyed. */
    List<UUID> keyless(Tx tx, int limit) {
        return tx.handle()
                .createQuery(
                        """
                        SELECT c.request_id FROM kept_content c LEFT JOIN kept_content_key k
                            ON k.request_id = c.request_id
                        WHERE k.request_id IS NULL LIMIT :limit
                        """)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
    }

    /** Whose requests' content is kept. */
    List<WorkspaceId> workspaces(Tx tx) {
        return tx.handle()
                .createQuery("SELECT DISTINCT workspace_id FROM kept_content")
                .mapTo(UUID.class)
                .map(WorkspaceId::new)
                .list();
    }

    /** Destroys the keys, and takes away what was sealed under them. */
    void erase(Tx tx, List<UUID> requests) {
        keys.destroy(tx, requests);
        PreparedBatch batch =
                tx.handle().prepareBatch("DELETE FROM kept_content WHERE request_id = ?");
        requests.forEach(batch::add);
        if (!requests.isEmpty()) {
            batch.execute();
        }
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new KeptContentHead(
                        new RequestId(row.getObject("request_id", UUID.class)),
                        new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                        new ApiKeyId(row.getObject("api_key_id", UUID.class)),
                        Columns.time(row, "kept_at"),
                        Columns.time(row, "expires_at"),
                        row.getLong("bytes"),
                        row.getBoolean("cut")),
                SealedSecret.of(row.getBytes("data_key")));
    }
}
