package com.neuralrouter.server.admin;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.server.audit.Actor;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.audit.AuditLog;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.integrity.Finding;
import com.neuralrouter.server.integrity.StoreTampered;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.StoreFailure;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells of what was found altered: in the audit trail and in the log, once for each finding while
 * the appliance runs. Called outside of transactions; safe for all threads.
 */
public final class TamperingAlarm {
    private static final Logger LOG = System.getLogger(TamperingAlarm.class.getName());

    private final Database database;
    private final AuditLog audit;
    private final Ids ids;
    private final Set<Object> told = ConcurrentHashMap.newKeySet();

    public TamperingAlarm(Database database, AuditLog audit, Ids ids) {
        this.database = database;
        this.audit = audit;
        this.ids = ids;
    }

    /** Rows that decide are not as the appliance left them. */
    public void raise(StoreTampered tampered) {
        for (Finding finding : tampered.findings()) {
            if (told.add(finding)) {
                LOG.log(
                        Level.ERROR,
                        "the store was changed by something else and decides nothing: stop the"
                                + " appliance, keep a copy of the store, restore the last backup"
                                + " table={0} row={1} what={2}",
                        finding.table(),
                        finding.row(),
                        finding.kind().wire());
                record(
                        AuditEvent.refused(
                                "store.tampering_detected",
                                finding.target(),
                                Map.of(
                                        "table", finding.table(),
                                        "row", finding.row(),
                                        "what", finding.kind().wire())));
            }
        }
    }

    /** A secret does not open where it lies. */
    public void raise(UnopenedSecret secret) {
        if (told.add(secret)) {
            LOG.log(
                    Level.ERROR,
                    "a secret does not open and is not used: set it anew, and find out who can"
                            + " write to the store table={0} row={1} workspace={2} why={3}",
                    secret.table(),
                    secret.row(),
                    secret.workspaceName(),
                    secret.why());
            record(
                    new AuditEvent(
                            "secret.tampering_detected",
                            secret.table() + "/" + secret.row(),
                            secret.workspaceName(),
                            AuditEntry.Outcome.REFUSED,
                            Map.of(
                                    "table", secret.table(),
                                    "row", secret.row().toString(),
                                    "workspace", secret.workspace().toString())));
        }
    }

    /** A store that takes no entry must not keep the refusal from its caller. */
    private void record(AuditEvent event) {
        try {
            audit.record(database, new Actor.Appliance("integrity"), ids.nextRequest(), event);
        } catch (StoreFailure failure) {
            LOG.log(
                    Level.ERROR,
                    "tampering could not be recorded target={0} sqlState={1} code={2}",
                    event.target(),
                    failure.sqlState(),
                    String.valueOf(failure.vendorCode()));
        }
    }
}
