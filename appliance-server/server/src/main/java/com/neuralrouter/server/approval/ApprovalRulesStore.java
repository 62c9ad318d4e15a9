package com.neuralrouter.server.approval;

import com.neuralrouter.contract.ApprovalRules;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The table {@code approval_rules}, of at most one row. No state; safe for all threads. */
public final class ApprovalRulesStore {
    private static final String TABLE = "approval_rules";

    /** What is in force; without a row, nothing needs a second person. */
    public ApprovalRules inForce(Tx tx) {
        return tx.handle()
                .createQuery("SELECT required, valid_hours FROM approval_rules WHERE id = 1")
                .map((row, _) ->
                        new ApprovalRules(
                                kinds(row.getString("required")), row.getInt("valid_hours")))
                .findOne()
                .orElse(ApprovalRules.NONE);
    }

    void put(Tx tx, ApprovalRules rules, Instant at) {
        tx.touched(TABLE, 1);
        tx.handle().execute("DELETE FROM approval_rules WHERE id = 1");
        tx.handle()
                .execute(
                        """
                        INSERT INTO approval_rules (id, required, valid_hours, changed_at)
                        VALUES (1, ?, ?, ?)
                        """,
                        rules.required().stream().map(Enum::name).collect(Collectors.joining(" ")),
                        rules.validHours(),
                        Columns.time(at));
    }

    private static List<ChangeKind> kinds(String names) {
        return names.isEmpty()
                ? List.of()
                : Arrays.stream(names.split(" ")).map(ChangeKind::valueOf).toList();
    }
}
