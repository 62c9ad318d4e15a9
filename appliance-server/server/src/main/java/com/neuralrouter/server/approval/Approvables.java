package com.neuralrouter.server.approval;

import com.neuralrouter.contract.Approval.Owner;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Every kind of change that can wait for a second person, each with its room. Immutable. */
public final class Approvables {
    private final Map<ChangeKind, Approvable> byKind;

    /** Throws {@link IllegalArgumentException} unless there is exactly one for each kind. */
    public Approvables(List<Approvable> all) {
        byKind = new EnumMap<>(ChangeKind.class);
        for (Approvable each : all) {
            if (byKind.put(each.kind(), each) != null) {
                throw new IllegalArgumentException("two rooms for " + each.kind());
            }
        }
        if (byKind.size() != ChangeKind.values().length) {
            throw new IllegalArgumentException("kinds without a room: only " + byKind.keySet());
        }
    }

    Approvable of(ChangeKind kind) {
        Approvable found = byKind.get(kind);
        if (found == null) {
            throw new IllegalStateException("no room for " + kind);
        }
        return found;
    }

    /** Whose policy it is about, by name, as it is called now; null if there is none to name. */
    @Nullable Owner owner(Tx tx, StoredApproval approval) {
        return of(approval.kind()).owner(tx, approval.change()).orElse(null);
    }
}
