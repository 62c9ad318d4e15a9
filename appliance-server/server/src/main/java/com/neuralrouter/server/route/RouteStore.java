package com.neuralrouter.server.route;

import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.RouteId;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.route.StoredRoute.Options;
import com.neuralrouter.server.route.StoredRoute.StoredUpstream;
import com.neuralrouter.server.route.StoredRoute.UpstreamOptions;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.StoredJson;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The tables {@code route}, {@code route_workspace} and {@code route_upstream}. What a route says
 * beyond where it leads lies there as JSON, absent where it says nothing. No state; safe for all
 * threads.
 */
public final class RouteStore {
    private static final String SELECT =
            "SELECT id, name, model, all_workspaces, options, created_at FROM route ";

    public Optional<StoredRoute> find(Tx tx, RouteId id) {
        return tx.handle()
                .createQuery(SELECT + "WHERE id = :id")
                .bind("id", id.value())
                .map((row, _) -> route(tx, row))
                .findOne();
    }

    public Optional<StoredRoute> byName(Tx tx, String name) {
        return tx.handle()
                .createQuery(SELECT + "WHERE name = :name")
                .bind("name", name)
                .map((row, _) -> route(tx, row))
                .findOne();
    }

    /** By name, beginning behind {@code after}; an empty text begins at the first. */
    public List<StoredRoute> after(Tx tx, String after, int limit) {
        return tx.handle()
                .createQuery(SELECT + "WHERE name > :after ORDER BY name LIMIT :limit")
                .bind("after", after)
                .bind("limit", limit)
                .map((row, _) -> route(tx, row))
                .list();
    }

    /** All of them, by name: for the snapshot and for a site's document. */
    public List<StoredRoute> all(Tx tx) {
        return after(tx, "", Integer.MAX_VALUE);
    }

    void insert(Tx tx, StoredRoute route) {
        touched(tx, route.id());
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO route (id, name, model, all_workspaces, options, created_at)
                        VALUES (:id, :name, :model, :all, :options, :createdAt)
                        """)
                .bind("id", route.id().value())
                .bind("name", route.name())
                .bind("model", route.model())
                .bind("all", route.allWorkspaces())
                .bind("options", json(route.options(), Options.NONE))
                .bind("createdAt", Columns.time(route.createdAt()))
                .execute();
        insertParts(tx, route);
    }

    void update(Tx tx, StoredRoute route) {
        touched(tx, route.id());
        tx.handle()
                .execute(
                        "UPDATE route SET model = ?, all_workspaces = ?, options = ? WHERE id = ?",
                        route.model(),
                        route.allWorkspaces(),
                        json(route.options(), Options.NONE),
                        route.id().value());
        deleteParts(tx, route.id());
        insertParts(tx, route);
    }

    void delete(Tx tx, RouteId id) {
        touched(tx, id);
        deleteParts(tx, id);
        tx.handle().execute("DELETE FROM route WHERE id = ?", id.value());
    }

    /** Takes a workspace off every route that was granted to it. */
    public void withdraw(Tx tx, WorkspaceId workspace) {
        for (StoredRoute route : all(tx)) {
            if (route.workspaces().contains(workspace)) {
                tx.touched("route_workspace", route.id().value());
            }
        }
        tx.handle()
                .execute("DELETE FROM route_workspace WHERE workspace_id = ?", workspace.value());
    }

    private static void touched(Tx tx, RouteId id) {
        tx.touched("route", id.value());
        tx.touched("route_workspace", id.value());
        tx.touched("route_upstream", id.value());
    }

    private static void insertParts(Tx tx, StoredRoute route) {
        for (WorkspaceId workspace : route.workspaces()) {
            tx.handle()
                    .execute(
                            "INSERT INTO route_workspace (route_id, workspace_id) VALUES (?, ?)",
                            route.id().value(),
                            workspace.value());
        }
        for (int position = 0; position < route.upstreams().size(); position++) {
            StoredUpstream upstream = route.upstreams().get(position);
            tx.handle()
                    .execute(
                            """
                            INSERT INTO route_upstream
                                (route_id, position, provider_id, model, options)
                            VALUES (?, ?, ?, ?, ?)
                            """,
                            route.id().value(),
                            position,
                            upstream.provider().value(),
                            upstream.model(),
                            json(upstream.options(), UpstreamOptions.NONE));
        }
    }

    private static void deleteParts(Tx tx, RouteId id) {
        tx.handle().execute("DELETE FROM route_workspace WHERE route_id = ?", id.value());
        tx.handle().execute("DELETE FROM route_upstream WHERE route_id = ?", id.value());
    }

    private static StoredRoute route(Tx tx, ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        return new StoredRoute(
                new RouteId(id),
                row.getString("name"),
                row.getString("model"),
                row.getBoolean("all_workspaces"),
                new HashSet<>(workspaces(tx, id)),
                upstreams(tx, id),
                read(row, Options.class, Options.NONE),
                Columns.time(row, "created_at"));
    }

    private static List<WorkspaceId> workspaces(Tx tx, UUID route) {
        return tx.handle()
                .createQuery("SELECT workspace_id FROM route_workspace WHERE route_id = :route")
                .bind("route", route)
                .map((row, _) -> new WorkspaceId(row.getObject("workspace_id", UUID.class)))
                .list();
    }

    private static List<StoredUpstream> upstreams(Tx tx, UUID route) {
        return tx.handle()
                .createQuery(
                        """
                        SELECT provider_id, model, options FROM route_upstream
                        WHERE route_id = :route ORDER BY position
                        """)
                .bind("route", route)
                .map((row, _) ->
                        new StoredUpstream(
                                new ProviderId(row.getObject("provider_id", UUID.class)),
                                row.getString("model"),
                                read(row, UpstreamOptions.class, UpstreamOptions.NONE)))
                .list();
    }

    /** As it is stored: null if nothing is said. */
    private static @Nullable String json(Object options, Object none) {
        return options.equals(none) ? null : StoredJson.write(options);
    }

    private static <T> T read(ResultSet row, Class<T> type, T none) throws SQLException {
        @Nullable String json = row.getString("options");
        return json == null ? none : StoredJson.read(json, type);
    }
}
