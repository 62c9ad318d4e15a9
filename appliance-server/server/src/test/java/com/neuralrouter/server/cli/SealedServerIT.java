package com.neuralrouter.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.server.bootstrap.ApplianceConfigReader;
import com.neuralrouter.server.bootstrap.Launch;
import com.neuralrouter.server.bootstrap.RunningAppliance;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.bootstrap.SiteLock;
import com.neuralrouter.server.control.ControlClient;
import com.neuralrouter.server.secret.SecretBytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Real sites whose seals take a person, started sealed and unsealed over their real socket. */
class SealedServerIT {
    private static final String PASSPHRASE = "correct horse battery canary-5f1c";

    @TempDir private Path folder;
    private final SteppedClock clock = new SteppedClock();

    @Test
    void aSealedServerServesNothingUntilItsPassphraseIsGiven() throws Exception {
        int port = freePort();
        SiteFolder site = found(port, List.of(PASSPHRASE), "--seal", "passphrase");
        try (var server = new Server(site, clock)) {
            assertThat(server.health().path("state").asString()).isEqualTo("sealed");
            assertThat(server.health().path("seal").asString()).isEqualTo("passphrase");
            assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> server.post("/seal/change", ""))
                    .isInstanceOf(ControlClient.Refused.class)
                    .hasMessageContaining("answers health and unseal");
            var export = new Command();
            assertThat(export.run("export", "--site", site.root())).isEqualTo(3);
            assertThat(export.err()).contains("is sealed; run 'neural-router unseal");

            var wrong = new Command().typing("wrong");
            assertThat(wrong.run("unseal", "--site", site.root())).isEqualTo(1);
            assertThat(wrong.err()).hasLineCount(1);
            assertThatThrownBy(() -> server.post("/unseal", PASSPHRASE))
                    .isInstanceOfSatisfying(
                            ControlClient.Refused.class,
                            refused -> assertThat(refused.status()).isEqualTo(429));
            assertThat(server.health().path("state").asString()).isEqualTo("sealed");

            clock.step(Duration.ofSeconds(2));
            var right = new Command().typing(PASSPHRASE);
            assertThat(right.run("unseal", "--site", site.root())).as(right.err()).isZero();
            server.serving();
            connect(port);

            assertThat(server.health().path("state").asString()).isEqualTo("serving");
            assertThat(new Command().run("export", "--site", site.root())).isZero();
            assertThat(audit(site))
                    .anySatisfy(entry -> {
                        assertThat(entry.action()).isEqualTo("vault.unseal_refused");
                        assertThat(entry.details()).containsEntry("count", "1");
                    })
                    .anySatisfy(entry -> {
                        assertThat(entry.action()).isEqualTo("vault.unsealed");
                        assertThat(entry.actor().id()).isEqualTo(System.getProperty("user.name"));
                    })
                    .noneMatch(entry -> entry.toString().contains("canary"));
        }
        assertThat(site.controlSocket()).doesNotExist();
    }

    @Test
    void twoOfThreeSharesUnsealInAnyOrderAndAreForgottenAfterTenMinutes() throws Exception {
        var init = new Command();
        SiteFolder site = found(init, 0, "--seal", "shares", "--threshold", "2", "--shares", "3");
        List<String> shares = shares(init.out());
        assertThat(shares).hasSize(3);
        try (var server = new Server(site, clock)) {
            assertThat(server.health().path("sharesNeeded").asInt()).isEqualTo(2);
            var alone = new Command().typing(shares.get(2), "");
            assertThat(alone.run("unseal", "--site", site.root())).isEqualTo(1);
            assertThat(alone.err()).contains("No further share was entered; 1 more needed.");
            clock.step(Duration.ofMinutes(10));
            assertThat(server.health().path("sharesNeeded").asInt()).isEqualTo(2);
            server.post("/unseal", shares.get(2));
            assertThatThrownBy(() -> server.post("/unseal", shares.get(2)))
                    .hasMessageContaining("was entered already");
            server.post("/unseal/forget", "");
            assertThat(server.health().path("sharesNeeded").asInt()).isEqualTo(2);

            clock.step(Duration.ofSeconds(2));
            var people = new Command().typing(shares.get(2), shares.get(0));
            assertThat(people.run("unseal", "--site", site.root())).as(people.err()).isZero();
            assertThat(people.questions())
                    .containsExactly("Share (2 more needed): ", "Share (1 more needed): ");
            server.serving();
            assertThat(new Command().run("export", "--site", site.root())).isZero();
        }
    }

    @Test
    void theSealIsChangedWhileServingAndADrillProvesTheNewOne() throws Exception {
        SiteFolder site = found(0, List.of());
        List<String> shares;
        try (var server = new Server(site, clock)) {
            server.serving();
            var change = new Command();
            assertThat(
                            change.run(
                                    "seal",
                                    "change",
                                    "--site",
                                    site.root(),
                                    "--to",
                                    "shares",
                                    "--threshold",
                                    "2",
                                    "--shares",
                                    "3"))
                    .as(change.err())
                    .isZero();
            shares = shares(change.out());
            assertThat(shares).hasSize(3);

            var drill = new Command().typing(shares.get(1), shares.get(0));
            assertThat(drill.run("seal", "drill", "--site", site.root())).as(drill.err()).isZero();
            var wrong = new Command().typing("not a share");
            assertThat(wrong.run("seal", "drill", "--site", site.root())).isEqualTo(1);
            var status = new Command();
            assertThat(status.run("seal", "status", "--site", site.root())).isZero();
            assertThat(status.out()).contains("shares", "threshold=2", "root key  version 1");
            assertThat(audit(site))
                    .anySatisfy(entry -> {
                        assertThat(entry.action()).isEqualTo("vault.seal_changed");
                        assertThat(entry.details())
                                .isEqualTo(Map.of("from", "key-file", "to", "shares"));
                    })
                    .anyMatch(entry -> entry.action().equals("vault.drill_passed"))
                    .anyMatch(entry -> entry.action().equals("vault.drill_failed"))
                    .noneMatch(entry -> shares.stream().anyMatch(entry.toString()::contains));
        }
        try (var server = new Server(site, clock)) {
            assertThat(server.health().path("state").asString()).isEqualTo("sealed");
            var people = new Command().typing(shares.get(1), shares.get(2));
            assertThat(people.run("unseal", "--site", site.root())).as(people.err()).isZero();
            server.serving();
        }
    }

    @Test
    void aCommandOnTheFolderAsksForThePassphrase() throws Exception {
        SiteFolder site = found(0, List.of(PASSPHRASE), "--seal", "passphrase");
        Path file = Files.writeString(folder.resolve("secret"), PASSPHRASE + "\n");

        var vault =
                VaultHere.open(
                        site,
                        new Terminal(System.out, System.err, new Typist(PASSPHRASE), _ -> null),
                        Clock.systemUTC());
        vault.close();
        try (var server = new Server(site, clock)) {
            var unseal = new Command();
            assertThat(unseal.run("unseal", "--site", site.root(), "--passphrase-file", file))
                    .as(unseal.err())
                    .isZero();
            server.serving();
        }
    }

    @Test
    void twoPassphrasesThatDifferMakeNoSite() {
        Path site = folder.resolve("site");
        var init = new Command().answering("yes").typing("one", "other");

        assertThat(init.run("init", "--site", site, "--seal", "passphrase")).isEqualTo(1);

        assertThat(init.err()).contains("not the same").hasLineCount(1);
        assertThat(site).doesNotExist();
    }

    @Test
    void aSealedProcessEndsWhenItIsToldToAndTakesItsSocketAway() throws Exception {
        SiteFolder site = found(0, List.of(PASSPHRASE), "--seal", "passphrase");
        Path log = folder.resolve("log");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "serve",
                                "--site",
                                site.root().toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            var client = new ControlClient(site.controlSocket());
            Awaiting.value(Duration.ofSeconds(90), () -> answered(client));
            assertThatThrownBy(() ->
                            client.post(
                                    "/unseal",
                                    Map.of(),
                                    SecretBytes.owning(
                                            "wrong canary-77".getBytes(StandardCharsets.UTF_8))))
                    .isInstanceOf(ControlClient.Refused.class);
            process.destroy();

            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("128 + SIGTERM").isEqualTo(143);
            assertThat(site.controlSocket()).doesNotExist();
            assertThat(log)
                    .content()
                    .contains("neural-router unseal --site", "an attempt to unseal was refused")
                    .doesNotContain("canary");
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }

    private static Optional<JsonNode> answered(ControlClient client) {
        try {
            return Optional.of(client.get("/health"));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private SiteFolder found(int port, List<String> typed, String... options) {
        return found(new Command().typing(typed.toArray(new String[0])), port, options);
    }

    private SiteFolder found(Command init, int port, String... options) {
        Path site = folder.resolve("site");
        List<Object> arguments =
                new ArrayList<>(List.of("init", "--site", site, "--host", "localhost"));
        arguments.addAll(List.of("--bind", "127.0.0.1", "--inference-port", port));
        arguments.addAll(List.of("--admin-port", 0, "--enrolment-port", 0));
        arguments.addAll(List.of(options));
        assertThat(init.run(arguments.toArray())).as(init.err()).isZero();
        return new SiteFolder(site);
    }

    private static List<String> shares(String printed) {
        return printed.lines()
                .filter(line -> line.matches("[0-9A-Z]{5}(-[0-9A-Z]{5}){4,}"))
                .toList();
    }

    private static List<AuditEntry> audit(SiteFolder site) throws IOException {
        try (var client = AdminClient.of(site, ApplianceConfigReader.read(site.config()))) {
            var entries = new ArrayList<AuditEntry>();
            for (JsonNode entry : client.get(AdminApi.AUDIT, JsonNode.class).path("items")) {
                entries.add(JsonMapper.shared().treeToValue(entry, AuditEntry.class));
            }
            return entries;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void connect(int port) throws IOException {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
    }

    private record Typist(String line) implements Terminal.Person {
        @Override
        public boolean present() {
            return true;
        }

        @Override
        public String ask(String question) {
            return "";
        }

        @Override
        public byte[] askSecret(String question) {
            return line.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** A server in this process, from its lock to its end. */
    private static final class Server implements AutoCloseable {
        private final ControlClient client;
        private final SiteLock lock;
        private final Thread thread;
        private final CompletableFuture<RunningAppliance> running = new CompletableFuture<>();

        Server(SiteFolder site, Clock clock) throws Exception {
            client = new ControlClient(site.controlSocket());
            lock = SiteLock.take(site).orElseThrow();
            thread =
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    running.complete(start(site, clock));
                                } catch (RuntimeException | IOException failed) {
                                    running.completeExceptionally(failed);
                                }
                            });
            Awaiting.value(() -> {
                if (running.isCompletedExceptionally()) {
                    running.join();
                }
                return answered(client);
            });
        }

        private RunningAppliance start(SiteFolder site, Clock clock) throws IOException {
            RunningAppliance started =
                    new Launch(Map.of())
                            .start(site, ApplianceConfigReader.read(site.config()), clock);
            lock.announce(
                    new SiteLock.Running(
                            ProcessHandle.current().pid(),
                            started.inferencePort(),
                            started.adminPort(),
                            started.enrolmentPort()));
            return started;
        }

        RunningAppliance serving() throws Exception {
            return running.get(30, TimeUnit.SECONDS);
        }

        JsonNode health() throws IOException {
            return client.get("/health");
        }

        JsonNode post(String path, String body) throws IOException {
            return client.post(
                    path, Map.of(), SecretBytes.owning(body.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public void close() throws Exception {
            if (running.isDone()) {
                running.join().close();
            } else {
                thread.interrupt();
            }
            thread.join();
            lock.close();
        }
    }

    /** The system's clock, which a test can put forward. */
    private static final class SteppedClock extends Clock {
        private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

        void step(Duration by) {
            ahead.updateAndGet(before -> before.plus(by));
        }

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(ahead.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
