package com.neuralrouter.server.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.PutCredential;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.credential.StoredCredential;
import com.neuralrouter.server.provider.StoredProvider;
import com.neuralrouter.server.secret.SealedSecret;
import com.neuralrouter.server.secret.SecretBytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that rotates the root key and every workspace's key is killed ({@code SIGKILL}) at
 * random moments. Each time the vault and the store open and every secret opens, whichever keys it
 * was under; in the end the rotation is ended and one version of each key is left.
 */
class KeyRotationKillIT {
    private static final long SEED = 20_261_129;
    private static final int KILLS = 6;
    private static final int MOST_STEPS = 12;
    private static final String SECRET = "sk-planted-0123456789";

    @TempDir private Path folder;

    @Test
    void everySecretOpensAfterEachKillAndTheRotationIsTakenUpAgain() throws Exception {
        try (var site = new TestSite(folder)) {
            StoredProvider provider = site.provider("vllm");
            for (String name : List.of("research", "clinic", "office")) {
                Workspace workspace = site.workspace(name);
                site.credentials.put(
                        site.as(Permission.CREDENTIALS_MANAGE),
                        workspace.id(),
                        new PutCredential(provider.endpoint().id(), name, SECRET + name));
            }
        }
        var random = new SplittableRandom(SEED);
        int steps = 0;
        int unfinished = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            steps += stepsBeforeKill(1 + random.nextInt(MOST_STEPS), random.nextInt(20_000));

            try (var site = new TestSite(folder)) {
                assertEverySecretOpens(site, "seed " + SEED + ", kill " + kill);
                unfinished += site.reads.read(site.rotation::pending) > 0 ? 1 : 0;
            }
        }

        try (var site = new TestSite(folder)) {
            RotationsUntilKilled.workOff(site);
            assertEverySecretOpens(site, "seed " + SEED + ", at the end");
            assertThat(site.vault.record().rootKeys()).hasSize(1);
            assertThat(site.reads.read(site.keys::versions)).hasSize(3);
        }
        System.out.printf(
                "kill -9 of key rotation: seed %d, %d kills, %d of them in the middle of a"
                        + " rotation, %d steps acknowledged, every secret opened each time%n",
                SEED, KILLS, unfinished, steps);
        assertThat(unfinished).isPositive();
    }

    /** Kills the process some microseconds after it has acknowledged so many steps. */
    private int stepsBeforeKill(int steps, int micros) throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                RotationsUntilKilled.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        int seen = 0;
        try (BufferedReader out = process.inputReader()) {
            while (out.readLine() != null) {
                if (++seen == steps) {
                    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
                    // By its handle: Process itself would throw away what is still in the pipe.
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly().onExit().join();
        }
        assertThat(seen).isGreaterThanOrEqualTo(steps);
        return seen;
    }

    private static void assertEverySecretOpens(TestSite site, String context) {
        for (Workspace workspace : site.reads.read(site.workspaceStore::all)) {
            StoredCredential stored =
                    site.reads.read(tx -> site.credentialStore.of(tx, workspace.id())).getFirst();
            try (SecretBytes secret =
                    site.reads.read(tx ->
                            site.keys.open(tx, stored.place(), SealedSecret.of(stored.sealed())))) {
                assertThat(new String(secret.copy(), StandardCharsets.US_ASCII))
                        .as(context)
                        .isEqualTo(SECRET + workspace.name());
            }
        }
    }
}
