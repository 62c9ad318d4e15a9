package com.neuralrouter.server.snapshot;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.server.apikey.ApiKeyStore;
import com.neuralrouter.server.apikey.StoredApiKey;
import com.neuralrouter.server.integrity.Verified;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The API keys of the last snapshot, of which only those that changed since are read again: there
 * may be very many. Used under the publisher's lock.
 */
final class KeyIndex {
    private static final String TABLE = "api_key";

    /** Above that many, reading all at once is faster. */
    private static final int ONE_BY_ONE = 500;

    private final ApiKeyStore store;
    private @Nullable Verified last;
    private KeyMap keys = KeyMap.EMPTY;

    KeyIndex(ApiKeyStore store) {
        this.store = store;
    }

    KeyMap in(Tx tx, Verified verified) {
        keys = now(tx, verified);
        last = verified.only(List.of(TABLE));
        return keys;
    }

    private KeyMap now(Tx tx, Verified verified) {
        if (last == null) {
            return all(tx);
        }
        List<UUID> changed = verified.changed(TABLE, last);
        return changed.size() > ONE_BY_ONE ? all(tx) : with(tx, changed);
    }

    private KeyMap all(Tx tx) {
        return KeyMap.EMPTY.with(Set.of(), store.all(tx).stream().map(KeyIndex::entry).toList());
    }

    private KeyMap with(Tx tx, List<UUID> changed) {
        List<StoredApiKey> there =
                changed.stream()
                        .map(id -> store.find(tx, new ApiKeyId(id)))
                        .flatMap(Optional::stream)
                        .toList();
        var gone = new HashSet<>(changed);
        there.forEach(key -> gone.remove(key.id().value()));
        return there.isEmpty() && gone.isEmpty()
                ? keys
                : keys.with(
                        gone.isEmpty() ? Set.of() : keys.kids(gone),
                        there.stream().map(KeyIndex::entry).toList());
    }

    /** A key keeps its public id as long as it lives. */
    private static Map.Entry<String, KeyEntry> entry(StoredApiKey key) {
        return Map.entry(
                key.kid(),
                new KeyEntry(
                        key.id(),
                        key.name(),
                        key.workspaceId(),
                        key.reference(),
                        key.expiresAt() == null ? Long.MAX_VALUE : key.expiresAt().toEpochMilli(),
                        key.revokedAt() != null));
    }
}
