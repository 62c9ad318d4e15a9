package com.neuralrouter.server.admin;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.LogProof;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.audit.EntryProofs;
import com.neuralrouter.server.audit.WorkspaceLeaves;
import com.neuralrouter.server.audit.log.EntryLog;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What proves of single leaves that they are in the audit log: of an entry, of a request's, and of
 * all that are one workspace's.
 */
public final class LogProofEndpoints implements AdminEndpoints {
    private final EntryLog log;
    private final EntryProofs proofs;
    private final WorkspaceLeaves leaves;
    private final Function<RequestId, OptionalLong> positions;
    private final AdminTransactions transactions;

    /**
     * @param positions at which position a request was recorded
     */
    public LogProofEndpoints(
            EntryLog log,
            EntryProofs proofs,
            WorkspaceLeaves leaves,
            Function<RequestId, OptionalLong> positions,
            AdminTransactions transactions) {
        this.log = log;
        this.proofs = proofs;
        this.leaves = leaves;
        this.positions = positions;
        this.transactions = transactions;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.AUDIT + "/{number}" + AdminApi.PROOF, this::ofEntry);
        routes.get(AdminApi.REQUESTS + "/{id}" + AdminApi.PROOF, this::ofRequest);
        routes.get(AdminApi.AUDIT_WORKSPACE_LEAVES, this::ofWorkspace);
    }

    private AdminAnswer ofEntry(AdminHttpRequest request) {
        request.authorise(Permission.AUDIT_READ);
        return answer(number(request.path("number")).flatMap(proofs::ofEntry));
    }

    private AdminAnswer ofRequest(AdminHttpRequest request) {
        request.authorise(Permission.AUDIT_READ);
        RequestId id = request.id("id", RequestId::new);
        OptionalLong position = positions.apply(id);
        return answer(
                position.isPresent()
                        ? proofs.ofRequest(position.getAsLong(), id)
                        : Optional.empty());
    }

    private static AdminAnswer answer(Optional<LogProof> proof) {
        return AdminAnswer.ok(
                proof.orElseThrow(() ->
                        new AdminRefused(
                                ProblemCode.NOT_FOUND,
                                "There is no entry of that number in the log.")));
    }

    private AdminAnswer ofWorkspace(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.AUDIT_READ);
        String workspace =
                request.query("workspace")
                        .orElseThrow(() ->
                                AdminRefused.field("workspace", "must be a workspace's name"));
        long size = request.number("size").orElse(log.size());
        long from = request.number("from").orElse(0);
        if (size < 0 || size > log.size()) {
            throw AdminRefused.field("size", "must be 0 to " + log.size() + ", the log's size");
        }
        if (from < 0 || from > size) {
            throw AdminRefused.field("from", "must be 0 to " + size);
        }
        if (from == 0) {
            transactions.record(
                    by.actor(),
                    by.requestId(),
                    AuditEvent.doneIn(
                            workspace, "audit.exported", "audit", Map.of("what", "workspace")));
        }
        return AdminAnswer.ok(leaves.page(workspace, from, size, request.limit()));
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.valueOf(text));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
