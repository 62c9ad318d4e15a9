package com.neuralrouter.server.content;

import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.content.KeptContentStore.Wanted;
import com.neuralrouter.server.secret.KeyRing;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.Tx;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Erases again, in a store that was restored, what was erased after its backup had been made, as
 * the audit log's entries tell: content, and the keys of workspaces that were deleted. For one
 * thread, before the store's rows are signed.
 */
public final class RepeatedErasures {
    private static final int AT_ONCE = 1_000;
    private static final String WORKSPACE = "workspace/";

    private final Database database;
    private final KeyRing keys;
    private final KeptContentStore store = new KeptContentStore();

    public RepeatedErasures(Database database, KeyRing keys) {
        this.database = database;
        this.keys = keys;
    }

    /**
     * Whether the entry was of an erasure, which has happened again then.
     *
     * @param leaf as it is in the log
     */
    public boolean again(byte[] leaf) {
        JsonNode entry = JsonMapper.shared().readTree(leaf);
        String target = entry.path("target").asString("");
        return switch (entry.path("action").asString("")) {
            case ContentErasure.ACTION -> {
                Optional<Wanted> wanted = ContentErasure.wanted(target);
                wanted.ifPresent(each -> database.write(tx -> erase(tx, each)));
                yield wanted.isPresent();
            }
            case "workspace.deleted" -> {
                var gone = new WorkspaceId(UUID.fromString(target.substring(WORKSPACE.length())));
                database.write(tx -> {
                    keys.destroy(tx, gone);
                    return erase(tx, new Wanted(gone, null, null, null));
                });
                yield true;
            }
            default -> false;
        };
    }

    private boolean erase(Tx tx, Wanted wanted) {
        while (true) {
            List<UUID> some = store.requests(tx, wanted, null, AT_ONCE);
            if (some.isEmpty()) {
                return true;
            }
            store.erase(tx, some);
        }
    }
}
