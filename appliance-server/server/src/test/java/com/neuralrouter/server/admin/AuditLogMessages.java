package com.neuralrouter.server.admin;

import com.neuralrouter.contract.AccessList;
import com.neuralrouter.contract.ConfirmAccess;
import com.neuralrouter.contract.CosignCheckpoint;
import com.neuralrouter.contract.EraseFromTrail;
import com.neuralrouter.contract.ErasedFromTrail;
import com.neuralrouter.contract.LegalHold;
import com.neuralrouter.contract.LegalHoldId;
import com.neuralrouter.contract.LogAlarm;
import com.neuralrouter.contract.LogCheckpoint;
import com.neuralrouter.contract.LogConsistency;
import com.neuralrouter.contract.LogLeaves;
import com.neuralrouter.contract.LogProof;
import com.neuralrouter.contract.LogTimestamp;
import com.neuralrouter.contract.PlaceLegalHold;
import com.neuralrouter.contract.ProvenLeaves;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The messages of the audit log, for {@link WireMessages}. */
final class AuditLogMessages {
    private AuditLogMessages() {}

    static void addTo(Map<String, Object> all) {
        all.put(
                "LogCheckpoint",
                new LogCheckpoint("box\n1\nroot\n\n- box sig\n", List.of("box+01234567+AQ==")));
        all.put("LogAlarm", new LogAlarm("SHORTER", "box\n2\nroot\n", "box\n1\nroot\n", "seen"));
        all.put("LogConsistency", new LogConsistency(1, 2, List.of("aGFzaA==")));
        all.put("LogLeaves", new LogLeaves(7, List.of("{\"v\":1}")));
        all.put("LogProof", new LogProof(7, "{\"v\":1}", "c2sp.org/tlog-proof@v1\n"));
        all.put(
                "ProvenLeaves",
                new ProvenLeaves(
                        9,
                        8,
                        List.of(new ProvenLeaves.ProvenLeaf(7, "{\"v\":1}", List.of("aGFzaA==")))));
        all.put("LogTimestamp", new LogTimestamp(7, "box\n7\nroot\n\n- box sig\n", "MAA="));
        all.put(
                "LegalHold",
                new LegalHold(
                        new LegalHoldId(new UUID(1, 2)),
                        "case 7",
                        Instant.EPOCH,
                        Instant.EPOCH.plusSeconds(1),
                        "legal",
                        "someone",
                        Instant.EPOCH,
                        Instant.EPOCH));
        all.put(
                "PlaceLegalHold",
                new PlaceLegalHold(
                        "case 7", Instant.EPOCH, Instant.EPOCH.plusSeconds(1), "legal", "someone"));
        all.put("EraseFromTrail", new EraseFromTrail("Ada Lovelace"));
        all.put("ErasedFromTrail", new ErasedFromTrail(3, 1));
        all.put(
                "AccessList",
                new AccessList(
                        "00",
                        Instant.EPOCH,
                        "Ada",
                        true,
                        List.of(
                                new AccessList.Access(
                                        AccessList.Kind.API_KEY,
                                        "id",
                                        "app",
                                        "legal",
                                        Instant.EPOCH,
                                        Instant.EPOCH,
                                        Instant.EPOCH,
                                        List.of(AccessList.Remark.values())))));
        all.put("ConfirmAccess", new ConfirmAccess("00", "with Grace"));
        all.put("CosignCheckpoint", new CosignCheckpoint("w+01234567+BA==", "box\n1\nroot\n"));
    }
}
