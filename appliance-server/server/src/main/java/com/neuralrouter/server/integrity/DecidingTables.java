package com.neuralrouter.server.integrity;

import static com.neuralrouter.server.integrity.Column.bool;
import static com.neuralrouter.server.integrity.Column.bytes;
import static com.neuralrouter.server.integrity.Column.number;
import static com.neuralrouter.server.integrity.Column.text;
import static com.neuralrouter.server.integrity.Column.time;
import static com.neuralrouter.server.integrity.Column.uuid;

import java.util.List;

/**
 * The tables that decide, with every column: what is authenticated is what this list says. A test
 * compares it with the database's own catalogue, so that a new table or column is put here, or
 * among those that decide nothing, before it is used.
 *
 * <p>The order and the columns are a part of the format: once a version with them is released, a
 * change needs a new format, and an upgrade that verifies by the old before it signs by the new.
 */
final class DecidingTables {
    /** The one row that has a digest instead of a code. */
    static final DecidingTable SITE =
            new DecidingTable(
                    "site",
                    List.of(number("id")),
                    List.of(uuid("installation"), number("version"), time("founded_at")));

    static final List<DecidingTable> ALL =
            List.of(
                    new DecidingTable(
                            "root_key",
                            List.of(number("version")),
                            List.of(bytes("key_check"), time("created_at"))),
                    new DecidingTable(
                            "workspace",
                            List.of(uuid("id")),
                            List.of(
                                    text("name"),
                                    text("description"),
                                    text("state"),
                                    number("version"),
                                    time("created_at"))),
                    new DecidingTable(
                            "workspace_key",
                            List.of(uuid("workspace_id"), number("version")),
                            List.of(
                                    number("root_version"),
                                    bytes("sealed"),
                                    bytes("key_check"),
                                    time("created_at"))),
                    new DecidingTable(
                            "destroyed_workspace_key",
                            List.of(uuid("workspace_id"), number("version")),
                            List.of(bytes("key_check"), time("destroyed_at"))),
                    new DecidingTable(
                            "api_key",
                            List.of(uuid("id")),
                            List.of(
                                    uuid("workspace_id"),
                                    text("name"),
                                    text("kid"),
                                    bytes("reference"),
                                    text("last_four"),
                                    time("created_at"),
                                    time("expires_at"),
                                    time("revoked_at"))),
                    new DecidingTable(
                            "provider",
                            List.of(uuid("id")),
                            List.of(
                                    text("name"),
                                    text("kind"),
                                    text("base_url"),
                                    text("authentication"),
                                    text("trusted_certificates"),
                                    time("created_at"),
                                    text("jurisdiction"),
                                    text("region"),
                                    bool("trains_on_data"),
                                    text("retention"),
                                    text("certificate_pins"),
                                    text("operations"),
                                    text("api_version"),
                                    text("service"))),
                    new DecidingTable(
                            "credential",
                            List.of(uuid("id")),
                            List.of(
                                    uuid("workspace_id"),
                                    uuid("provider_id"),
                                    text("label"),
                                    bytes("sealed"),
                                    text("last_four"),
                                    time("created_at"),
                                    time("changed_at"))),
                    new DecidingTable(
                            "route",
                            List.of(uuid("id")),
                            List.of(
                                    text("name"),
                                    text("model"),
                                    bool("all_workspaces"),
                                    text("options"),
                                    time("created_at"))),
                    new DecidingTable(
                            "route_workspace",
                            List.of(uuid("route_id"), uuid("workspace_id")),
                            List.of()),
                    new DecidingTable(
                            "route_upstream",
                            List.of(uuid("route_id"), number("position")),
                            List.of(uuid("provider_id"), text("model"), text("options"))),
                    new DecidingTable(
                            "site_policy",
                            List.of(number("id")),
                            List.of(text("document"), time("changed_at"))),
                    new DecidingTable(
                            "workspace_policy",
                            List.of(uuid("workspace_id")),
                            List.of(text("document"), time("changed_at"))),
                    new DecidingTable(
                            "device",
                            List.of(uuid("id")),
                            List.of(
                                    text("name"),
                                    text("role"),
                                    text("fingerprint"),
                                    time("enrolled_at"),
                                    time("certificate_expires_at"),
                                    time("revoked_at"),
                                    text("person"))),
                    new DecidingTable(
                            "invitation",
                            List.of(uuid("id")),
                            List.of(
                                    text("selector"),
                                    bytes("token_hash"),
                                    text("name"),
                                    text("role"),
                                    time("created_at"),
                                    time("expires_at"),
                                    number("failures"),
                                    uuid("device_id"),
                                    text("person"))),
                    new DecidingTable(
                            "provider_suspension",
                            List.of(uuid("provider_id")),
                            List.of(
                                    text("standing"),
                                    bool("automatic"),
                                    text("reason"),
                                    time("since"))),
                    new DecidingTable(
                            "model_catalogue",
                            List.of(number("id")),
                            List.of(text("document"), text("signature"), time("imported_at"))),
                    new DecidingTable(
                            "key_policy",
                            List.of(uuid("api_key_id")),
                            List.of(uuid("workspace_id"), text("document"), time("changed_at"))),
                    new DecidingTable(
                            "policy_version",
                            List.of(uuid("target"), number("number")),
                            List.of(
                                    text("level"),
                                    text("document"),
                                    text("hash"),
                                    time("changed_at"),
                                    text("changed_by"),
                                    text("note"),
                                    number("restores"),
                                    uuid("approval"))),
                    new DecidingTable(
                            "approval_rules",
                            List.of(number("id")),
                            List.of(text("required"), number("valid_hours"), time("changed_at"))),
                    new DecidingTable(
                            "approval",
                            List.of(uuid("id")),
                            List.of(
                                    text("kind"),
                                    text("subject"),
                                    text("document"),
                                    text("base"),
                                    text("hash"),
                                    text("differences"),
                                    text("note"),
                                    text("state"),
                                    text("proposer"),
                                    text("proposer_device"),
                                    time("proposed_at"),
                                    time("expires_at"),
                                    text("decider"),
                                    text("decider_device"),
                                    time("decided_at"),
                                    text("decision_note"))),
                    new DecidingTable(
                            "receipt_key",
                            List.of(uuid("id")),
                            List.of(text("kid"), text("x"), time("created_at"))),
                    new DecidingTable(
                            "usage_limit",
                            List.of(uuid("id")),
                            List.of(
                                    text("level"),
                                    uuid("workspace_id"),
                                    text("name"),
                                    text("document"),
                                    time("changed_at"))),
                    new DecidingTable(
                            "budget",
                            List.of(uuid("id")),
                            List.of(
                                    text("level"),
                                    uuid("workspace_id"),
                                    text("name"),
                                    text("document"),
                                    time("made_at"))));

    /** Nothing is decided by them; what is said of the trail is proven by its own means. */
    static final List<String> DECIDING_NOTHING =
            List.of(
                    "audit_entry",
                    "audit_span",
                    "legal_hold",
                    "audit_head",
                    "request",
                    "kept_content",
                    "kept_content_piece",
                    "kept_content_key",
                    "api_key_use",
                    "usage_sum",
                    "usage_mark",
                    "budget_use",
                    "budget_fold",
                    "incident",
                    "incident_event",
                    "flyway_schema_history");

    private DecidingTables() {}
}
