package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ApiKey;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.CreateApiKey;
import com.neuralrouter.contract.CreateWorkspace;
import com.neuralrouter.contract.CreatedApiKey;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.bootstrap.SiteFolder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The server is killed ({@code SIGKILL}) at random moments among 200 changes through the admin API:
 * after each restart every change that was acknowledged is there, and the audit trail is whole and
 * has an entry for each. This says nothing about a power failure: the kernel lives on here.
 */
class KillIT {
    private static final int CHANGES = 200;

    /** How many changes a server sees before its end draws near. */
    private static final int MOST_PER_ROUND = 40;

    private static final long SEED = 20_261_123;

    @TempDir private Path folder;

    private final Set<String> workspaces = new HashSet<>();
    private final Set<String> keys = new HashSet<>();
    private final Set<String> revoked = new HashSet<>();

    @Test
    void everyAcknowledgedChangeIsThereAndTheAuditTrailIsWholeAfterEachKill() throws Exception {
        SiteFolder site = RunningSite.found(folder.resolve("site"));
        var random = new SplittableRandom(SEED);
        int kills = 0;
        int surplus = 0;

        while (acknowledged() < CHANGES) {
            try (var server = ServerProcess.start(site, folder.resolve("server.log"));
                    var operator = Administrator.operatorOf(site, server.running().adminPort())) {
                surplus = assertWhole(operator, "seed " + SEED + " after kill " + kills);
                changeUntilKilled(server, operator, random, kills);
                kills++;
            }
        }

        try (var server = ServerProcess.start(site, folder.resolve("server.log"));
                var operator = Administrator.operatorOf(site, server.running().adminPort())) {
            surplus = assertWhole(operator, "seed " + SEED + " at the end");
        }
        System.out.printf(
                "kill -9: seed %d, %d kills, %d changes acknowledged, %d more made but not"
                        + " acknowledged, none lost%n",
                SEED, kills, acknowledged(), surplus);
    }

    private int acknowledged() {
        return workspaces.size() + keys.size() + revoked.size();
    }

    /** The kill comes some milliseconds into a change that is drawn by lot. */
    private void changeUntilKilled(
            ServerProcess server, Administrator operator, SplittableRandom random, int round) {
        int last = 5 + random.nextInt(MOST_PER_ROUND - 5);
        try (ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor()) {
            for (int i = 0; ; i++) {
                if (i == last) {
                    killer.schedule(server::kill, random.nextInt(40_000), TimeUnit.MICROSECONDS);
                }
                change(operator, "r" + round + "-" + i, i);
            }
        } catch (IOException killed) {
            // Whether the change under way was made is not known.
        }
    }

    private void change(Administrator operator, String name, int number) throws IOException {
        if (number % 3 == 0 || workspaces.isEmpty()) {
            workspaces.add(
                    operator.post(
                                    AdminApi.WORKSPACES,
                                    new CreateWorkspace(name, null),
                                    Workspace.class)
                            .id()
                            .toString());
        } else if (number % 3 == 1) {
            keys.add(
                    operator.post(
                                    AdminApi.WORKSPACES
                                            + "/"
                                            + workspaces.iterator().next()
                                            + AdminApi.API_KEYS_OF_WORKSPACE,
                                    new CreateApiKey(name, null),
                                    CreatedApiKey.class)
                            .key()
                            .id()
                            .toString());
        } else {
            String key = keys.stream().filter(id -> !revoked.contains(id)).findAny().orElseThrow();
            operator.post(AdminApi.API_KEYS + "/" + key + AdminApi.REVOKE, ApiKey.class);
            revoked.add(key);
        }
    }

    /** Compares what was acknowledged, what is there and what is audited; counts the unasked. */
    private int assertWhole(Administrator operator, String context) throws IOException {
        List<AuditEntry> entries = operator.all(AdminApi.AUDIT, AuditEntry.class);
        List<Workspace> there = operator.all(AdminApi.WORKSPACES, Workspace.class);
        Set<String> keysThere = new HashSet<>();
        Set<String> revokedThere = new HashSet<>();
        for (Workspace workspace : there) {
            String path =
                    AdminApi.WORKSPACES + "/" + workspace.id() + AdminApi.API_KEYS_OF_WORKSPACE;
            for (ApiKey key : operator.all(path, ApiKey.class)) {
                keysThere.add(key.id().toString());
                if (key.state() == ApiKey.State.REVOKED) {
                    revokedThere.add(key.id().toString());
                }
            }
        }
        Set<String> workspacesThere =
                there.stream().map(one -> one.id().toString()).collect(Collectors.toSet());

        assertThat(entries.stream().map(AuditEntry::sequence).sorted())
                .as(context)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, entries.size()).boxed().toList());
        assertThat(workspacesThere).as(context).containsAll(workspaces);
        assertThat(keysThere).as(context).containsAll(keys);
        assertThat(revokedThere).as(context).containsAll(revoked);
        assertThat(audited(entries, "workspace.created", "workspace/"))
                .as(context)
                .isEqualTo(workspacesThere);
        assertThat(audited(entries, "api_key.created", "api_key/"))
                .as(context)
                .isEqualTo(keysThere);
        assertThat(audited(entries, "api_key.revoked", "api_key/"))
                .as(context)
                .isEqualTo(revokedThere);
        return workspacesThere.size() + keysThere.size() + revokedThere.size() - acknowledged();
    }

    private static Set<String> audited(List<AuditEntry> entries, String action, String prefix) {
        return entries.stream()
                .filter(entry -> entry.action().equals(action))
                .map(entry -> entry.target().substring(prefix.length()))
                .collect(Collectors.toSet());
    }
}
