package com.neuralrouter.server.bootstrap;

import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.content.ContentCommands;
import com.neuralrouter.server.content.ContentEndpoints;
import com.neuralrouter.server.content.ContentKeeper;
import com.neuralrouter.server.content.ContentSweep;
import com.neuralrouter.server.content.SealedContent;
import com.neuralrouter.server.policy.Retention;
import com.neuralrouter.server.secret.KeyPurpose;
import com.neuralrouter.server.secret.KeyRing;
import com.neuralrouter.server.secret.KeyRingStore;
import com.neuralrouter.server.secret.MacKey;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.server.snapshot.Snapshots;
import com.neuralrouter.server.store.Database;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** What keeps content where a workspace wants that, put together. */
final class ContentRoom {
    /** How much of it may be in memory: an eighth of what Java has, and no more than this. */
    private static final long MOST_IN_MEMORY = 256L << 20;

    private final SealedContent sealed;
    private final Database database;
    private final Clock clock;
    private final Parts parts;
    private final ContentKeeper keeper;

    ContentRoom(Database database, Vault vault, Clock clock, Parts parts) {
        this.database = database;
        this.clock = clock;
        this.parts = parts;
        var random = new SecureRandom();
        this.sealed =
                new SealedContent(
                        new KeyRing(vault, new KeyRingStore(), random, clock),
                        parts.add(MacKey.owning(vault.key(KeyPurpose.CONTENT_SUBJECTS))),
                        random,
                        clock);
        long room = Math.min(MOST_IN_MEMORY, Runtime.getRuntime().maxMemory() / 8);
        this.keeper = parts.add(new ContentKeeper(database, sealed, room));
    }

    /** What requests hand their content to. */
    ContentKeeper keeper() {
        return keeper;
    }

    /** Starts the work; returns what the admin listener serves of it. */
    AdminEndpoints open(
            AdminPlane.Ground ground,
            AdminTransactions transactions,
            Snapshots snapshots,
            Function<RequestId, Optional<Instant>> keyBackups) {
        keeper.start();
        var reads = new SiteReads(database);
        parts.add(
                        new ContentSweep(
                                transactions,
                                reads,
                                workspace -> inForce(snapshots, workspace),
                                ground.ids(),
                                clock))
                .start();
        return new ContentEndpoints(
                new ContentCommands(transactions, reads, sealed, keyBackups, clock));
    }

    private static Optional<Retention> inForce(Snapshots snapshots, WorkspaceId workspace) {
        if (!snapshots.valid()) {
            return Optional.empty();
        }
        return Optional.of(
                snapshots
                        .current()
                        .workspace(workspace)
                        .map(view -> view.policies().ofAll().keeps())
                        .orElse(Retention.ZERO));
    }
}
