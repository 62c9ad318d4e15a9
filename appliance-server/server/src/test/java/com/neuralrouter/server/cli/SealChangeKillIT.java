package com.neuralrouter.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.bootstrap.SiteVault;
import com.neuralrouter.server.control.ControlClient;
import com.neuralrouter.server.secret.KeyPurpose;
import com.neuralrouter.server.secret.SecretBytes;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.server.secret.VaultRecord;
import com.neuralrouter.server.secret.seal.SealMaterial;
import com.neuralrouter.server.secret.seal.ShareCollector;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The serving process is killed ({@code SIGKILL}) while its seal is being changed over the control
 * socket. Afterwards what somebody holds opens the vault: the old seal's key file, or what the
 * operator typed or was shown; and the keys in it are the ones from before.
 */
class SealChangeKillIT {
    private static final long SEED = 20_261_123;
    private static final String PASSPHRASE = "correct horse battery staple";
    private static final List<String> TO_PASSPHRASE = List.of("--to", "passphrase");
    private static final List<String> TO_SHARES =
            List.of("--to", "shares", "--threshold", "2", "--shares", "3");

    @TempDir private Path folder;
    private SiteFolder site;
    private byte[] vaultBefore;
    private byte[] keyBefore;

    @BeforeEach
    void found() throws Exception {
        Path root = folder.resolve("site");
        var init = new Command();
        assertThat(
                        init.run(
                                "init",
                                "--site",
                                root,
                                "--host",
                                "localhost",
                                "--bind",
                                "127.0.0.1",
                                "--inference-port",
                                0,
                                "--admin-port",
                                0,
                                "--enrolment-port",
                                0))
                .as(init.err())
                .isZero();
        site = new SiteFolder(root);
        vaultBefore = Files.readAllBytes(site.vault());
        try (Vault vault = here().openByItself().orElseThrow()) {
            keyBefore = vault.key(KeyPurpose.CERTIFICATES);
        }
    }

    @Test
    void opensAfterAKillAtAnyMomentOfAChangeToAPassphrase() throws Exception {
        survive(TO_PASSPHRASE, 1_500);
    }

    /** Shares that nobody was shown open nothing: the old seal has to be in force until then. */
    @Test
    void opensAfterAKillAtAnyMomentOfAChangeToShares() throws Exception {
        survive(TO_SHARES, 300);
    }

    /** Once behind each of the vault file's two states, and at some moments by lot. */
    private void survive(List<String> change, int longestMillis) throws Exception {
        var random = new SplittableRandom(SEED);
        changeAndKill(change, () -> !records().equals(List.of("key-file")));
        changeAndKill(change, () -> !records().getFirst().equals("key-file"));
        for (int i = 0; i < 2; i++) {
            long after = TimeUnit.MILLISECONDS.toNanos(random.nextInt(longestMillis));
            long[] began = {0};
            changeAndKill(
                    change,
                    () -> {
                        began[0] = began[0] == 0 ? System.nanoTime() : began[0];
                        return System.nanoTime() - began[0] > after;
                    });
        }
    }

    private void changeAndKill(List<String> change, BooleanSupplier moment) throws Exception {
        Files.write(site.vault(), vaultBefore);
        Process process = serve();
        var command = new Command().typing(PASSPHRASE, PASSPHRASE);
        var arguments = new ArrayList<Object>(List.of("seal", "change", "--site"));
        arguments.add(site.root());
        arguments.addAll(change);
        try {
            var ended = CompletableFuture.supplyAsync(() -> command.run(arguments.toArray()));
            while (!moment.getAsBoolean() && !ended.isDone()) {
                Thread.onSpinWait();
            }
            process.destroyForcibly().onExit().join();
            int code = ended.get(30, TimeUnit.SECONDS);

            List<String> left = records();
            String context = "seed " + SEED + ", exit code " + code + ", vault " + left;
            System.out.println("kill -9 in a change of the seal: " + context);
            assertOpens(command.out(), context);
            if (code == ExitCode.OK) {
                assertThat(left).as(context).hasSize(1).doesNotContain("key-file");
            }
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }

    /** The kinds of seal in the vault's file, the one in force first. */
    private List<String> records() {
        return here().record().seals().stream().map(VaultRecord.SealEntry::kind).toList();
    }

    private void assertOpens(String shown, String context) {
        String inForce = records().getFirst();
        try (Vault vault =
                inForce.equals("key-file")
                        ? here().openByItself().orElseThrow()
                        : here().open(held(inForce, shown))) {
            assertThat(vault.key(KeyPurpose.CERTIFICATES)).as(context).isEqualTo(keyBefore);
        }
    }

    /** What the operator typed or was shown. */
    private SealMaterial held(String kind, String shown) {
        if (kind.equals("passphrase")) {
            return new SealMaterial.Passphrase(secret(PASSPHRASE));
        }
        ShareCollector collector = here().seals().collector(here().record().seal().record());
        shown.lines()
                .filter(line -> line.matches("[0-9A-Z]{5}(-[0-9A-Z]{5}){4,}"))
                .limit(collector.threshold())
                .forEach(share -> collector.add(secret(share)));
        return new SealMaterial.Shares(collector);
    }

    private static SecretBytes secret(String text) {
        return SecretBytes.owning(text.getBytes(StandardCharsets.UTF_8));
    }

    private SiteVault here() {
        return new SiteVault(site, Map.of(), Clock.systemUTC());
    }

    private Process serve() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "serve",
                                "--site",
                                site.root().toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        var client = new ControlClient(site.controlSocket());
        Awaiting.value(Duration.ofSeconds(90), () -> serving(client));
        return process;
    }

    private static Optional<String> serving(ControlClient client) {
        try {
            return Optional.of(client.get("/health").path("state").asString(""))
                    .filter("serving"::equals);
        } catch (IOException _) {
            // Two cores: the process that starts needs them more than who asks.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            return Optional.empty();
        }
    }
}
