package com.neuralrouter.server.admin;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.audit.Actor;
import com.neuralrouter.server.audit.AuditEvent;

import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Decides who may do what, and makes the {@link Authorised} that proves it. Safe for all threads.
 */
public final class Authorisation {
    private final AdminTransactions transactions;
    private final Visits visits;

    public Authorisation(AdminTransactions transactions, Clock clock) {
        this.transactions = transactions;
        this.visits = new Visits(transactions, clock);
    }

    /**
     * Throws {@link AdminRefused} with {@code permission_missing}, and leaves an audit entry of it,
     * when the caller's role lacks the permission.
     *
     * @param path what is asked for, without a query
     */
    public Authorised check(
            AdminCaller caller, Permission permission, String path, RequestId requestId) {
        if (!caller.role().may(permission)) {
            transactions.recordRefusal(
                    caller.actor(),
                    requestId,
                    AuditEvent.refused(
                            "access.refused",
                            "device/" + caller.device(),
                            Map.of("permission", permission.name(), "role", caller.role().name())));
            throw new AdminRefused(
                    ProblemCode.PERMISSION_MISSING,
                    "The role "
                            + caller.role()
                            + " lacks the permission "
                            + permission
                            + "; ask an owner.");
        }
        visits.request(caller, permission, path, requestId);
        return new Authorised(caller.actor(), permission, requestId, caller.person());
    }

    /** What devices have read again since this was last asked; see {@link Visits}. */
    public List<AuditEvent> readAgain() {
        return visits.readAgain();
    }

    /**
     * For a command on the box while no server runs. Who can read the site folder, its keys
     * included, needs no permission from us; the trail still says who it was.
     */
    public static Authorised onThisBox(String account, Permission permission, RequestId requestId) {
        return new Authorised(new Actor.Local(account), permission, requestId, account);
    }

    /** For what the appliance does by itself, such as enrolling a device by an invitation. */
    public static Authorised ofAppliance(String part, Permission permission, RequestId requestId) {
        return new Authorised(new Actor.Appliance(part), permission, requestId, part);
    }
}
