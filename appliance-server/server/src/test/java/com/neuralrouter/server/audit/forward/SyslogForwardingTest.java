package com.neuralrouter.server.audit.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.server.audit.log.Draft;
import com.neuralrouter.server.audit.log.EntryLog;
import com.neuralrouter.server.audit.log.EntryLogKeys;
import com.neuralrouter.server.provider.TestAuthority;
import com.neuralrouter.server.secret.TestVault;
import com.neuralrouter.server.secret.Vault;

import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import javax.net.ssl.SSLContext;

/** The syslog forwarder against a receiver that dies, stalls and lies. */
@Timeout(120)
class SyslogForwardingTest {
    private static final GeneralName HERE = new GeneralName(GeneralName.iPAddress, "127.0.0.1");

    @TempDir Path folder;

    private final Received received = new Received();
    private final Consumer<String> kept = text -> Messages.into(received, text);
    private TestAuthority authority;
    private SSLContext server;

    @BeforeEach
    void issue() throws Exception {
        authority = new TestAuthority("SIEM CA");
        server = authority.server(HERE);
    }

    @Test
    void deliversEveryEntryOnceAndInOrderWhileNothingFails() throws Exception {
        var log = new Leaves(2_500);
        try (var sink = sink(0);
                var forwarder = new Forwarding(folder, log).syslog(to(sink))) {
            forwarder.start();
            received.awaitAll(2_500, 60);
            log.grow(10);
            received.awaitAll(2_510, 60);
            Received.await(60, () -> forwarder.state().waiting() == 0);

            assertThat(received.doubled()).isZero();
            assertThat(forwarder.state().error()).isNull();
            assertThat(forwarder.state().takenAt()).isNotNull();
        }
        assertThat(folder.resolve("syslog.position")).hasContent("next 2510\n");
    }

    @Test
    void forwardsTheSitesLogWhileItIsWritten() throws Exception {
        Draft draft = (sequence, _) -> Leaves.leaf(sequence);
        Path audit = folder.resolve("audit");
        try (Vault vault = TestVault.in(folder.resolve("site"));
                var log = EntryLog.create(audit, EntryLogKeys.of(vault), Clock.systemUTC());
                var sink = sink(0);
                var forwarder = new Forwarding(folder, new LoggedLeaves(log)).syslog(to(sink))) {
            log.append(Collections.nCopies(150, draft));
            forwarder.start();
            for (int i = 0; i < 50; i++) {
                log.append(Collections.nCopies(7, draft));
            }

            received.awaitAll(500, 60);
            assertThat(received.doubled()).isZero();
        }
    }

    @Test
    void losesAndReordersNothingWhenTheReceiverIsKilledAgainAndAgain() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var log = new Leaves(20_000);
        int kills = 0;
        SyslogSink sink = sink(0);
        int port = sink.port();
        try (var forwarder = new Forwarding(folder, log).syslog(to(sink))) {
            forwarder.start();
            while (received.next() < 20_000) {
                long most = 1 + random.nextInt(3_000);
                SyslogSink here = sink;
                Received.await(60, () -> here.frames() >= most || received.next() >= 20_000);
                end(sink, forwarder, random);
                kills++;
                sink = sink(port);
            }
            Received.await(60, () -> forwarder.state().waiting() == 0);
        } finally {
            sink.close();
        }

        System.out.printf(
                "syslog: 20000 entries, receiver ended %d times (seed %d), %d doubled, at most %d"
                        + " may be%n",
                kills, seed, received.doubled(), kills * SyslogReceiver.WINDOW);
        received.assertSound();
        assertThat(received.next()).as("seed %d", seed).isEqualTo(20_000);
        assertThat(received.doubled())
                .as("seed %d", seed)
                .isLessThanOrEqualTo((long) kills * SyslogReceiver.WINDOW);
    }

    private static void end(SyslogSink sink, Forwarder forwarder, Random random)
            throws IOException {
        switch (random.nextInt(3)) {
            case 0 -> sink.kill();
            case 1 -> sink.killWithResets();
            default -> {
                sink.stopPolitely();
                // A service that stops in order is not back in the same moment.
                Received.await(
                        60,
                        () ->
                                forwarder.state().error() != null
                                        || forwarder.state().waiting() == 0);
            }
        }
    }

    @Test
    void waitsForASlowReceiverAndLosesNothing() throws Exception {
        var stall = new CountDownLatch(1);
        var log = new Leaves(3_000);
        Consumer<String> slow =
                text -> {
                    if (received.next() == 700) {
                        awaitQuietly(stall);
                    }
                    kept.accept(text);
                };
        try (var sink = new SyslogSink(0, server, SyslogSink.Manners.CLOSE_NOTIFY, slow);
                var forwarder = new Forwarding(folder, log).syslog(to(sink))) {
            forwarder.start();
            Received.await(60, () -> received.next() == 700);
            log.grow(2_000);
            assertThat(forwarder.state().next()).isLessThanOrEqualTo(700);
            stall.countDown();

            received.awaitAll(5_000, 60);
        }
    }

    @Test
    void sendsLessAtOnceToAReceiverThatIsTooSlowForAWholeWindow() throws Exception {
        var never = new CountDownLatch(1);
        Consumer<String> slow =
                text -> {
                    awaitQuietly(never, 4);
                    kept.accept(text);
                };
        try (var sink = new SyslogSink(0, server, SyslogSink.Manners.CLOSE_NOTIFY, slow)) {
            ReceiverSettings.Syslog settings = to(sink);
            var hasty = new SyslogReceiver.Pace(Duration.ofMillis(20), Duration.ofMillis(800));
            var receiver = new SyslogReceiver(settings, Forwarding.SENDER, hasty);
            try (var forwarder = new Forwarding(folder, new Leaves(600)).of(settings, receiver)) {
                forwarder.start();
                Received.await(
                        60, () -> String.valueOf(forwarder.state().error()).contains("in time"));
                Received.await(60, () -> forwarder.state().waiting() == 0);
            }
        }
        received.assertSound();
        assertThat(received.next()).isEqualTo(600);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        awaitQuietly(latch, 2_000);
    }

    private static void awaitQuietly(CountDownLatch latch, long millis) {
        try {
            latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void countsNothingAsTakenByAReceiverThatEndsWithoutCloseNotify() throws Exception {
        try (var sink = rude();
                var forwarder = new Forwarding(folder, new Leaves(50)).syslog(to(sink))) {
            forwarder.start();
            Received.await(60, () -> received.doubled() > 0);

            assertThat(forwarder.state().next()).isZero();
            assertThat(forwarder.state().error())
                    .contains("without TLS close_notify", "audit.forward.syslog-acknowledged-by");
        }
    }

    @Test
    void canBeToldThatTheEndOfTcpIsEnough() throws Exception {
        try (var sink = rude()) {
            ReceiverSettings.Syslog strict = to(sink);
            var lenient =
                    new ReceiverSettings.Syslog(
                            strict.host(),
                            strict.port(),
                            strict.payload(),
                            ReceiverSettings.End.FIN,
                            strict.tls());
            try (var forwarder = new Forwarding(folder, new Leaves(2_200)).syslog(lenient)) {
                forwarder.start();
                received.awaitAll(2_200, 60);
                Received.await(60, () -> forwarder.state().waiting() == 0);

                assertThat(received.doubled()).isZero();
            }
        }
    }

    @Test
    void sendsNothingToAReceiverWhoseCertificateAnotherAuthorityIssued() throws Exception {
        SSLContext other = new TestAuthority("Other CA").server(HERE);
        assertRefused(other, "no authority of the configured file vouches for");
    }

    @Test
    void sendsNothingToAReceiverWhoseCertificateIsForAnotherHost() throws Exception {
        SSLContext other = authority.server(new GeneralName(GeneralName.iPAddress, "127.0.0.2"));
        assertRefused(other, "for another host");
    }

    private void assertRefused(SSLContext context, String sentence) throws Exception {
        try (var sink = new SyslogSink(0, context, SyslogSink.Manners.CLOSE_NOTIFY, kept);
                var forwarder = new Forwarding(folder, new Leaves(10)).syslog(to(sink))) {
            forwarder.start();
            Received.await(60, () -> forwarder.state().error() != null);

            assertThat(forwarder.state().error()).contains(sentence, "127.0.0.1:" + sink.port());
            assertThat(sink.frames()).isZero();
        }
    }

    @Test
    void showsItsCertificateToAReceiverThatAsksForOne() throws Exception {
        try (var sink =
                new SyslogSink(
                        0,
                        authority.serverForClients(HERE),
                        SyslogSink.Manners.CLOSE_NOTIFY_TO_KNOWN_CLIENTS,
                        kept)) {
            try (var stranger = new Forwarding(folder, new Leaves(600)).syslog(to(sink))) {
                stranger.start();
                Received.await(60, () -> stranger.state().error() != null);
                assertThat(stranger.state().next()).isZero();
            }
            ReceiverSettings.Syslog plain = to(sink);
            var known =
                    new ReceiverSettings.Syslog(
                            plain.host(),
                            plain.port(),
                            plain.payload(),
                            plain.end(),
                            Forwarding.tls(authority, authority.identity()));
            try (var forwarder = new Forwarding(folder, new Leaves(600)).syslog(known)) {
                forwarder.start();
                received.awaitAll(600, 60);
            }
        }
    }

    @Test
    void goesOnAfterARestartWhereTheReceiverWas() throws Exception {
        var log = new Leaves(1_500);
        try (var sink = sink(0)) {
            try (var forwarder = new Forwarding(folder, log).syslog(to(sink))) {
                forwarder.start();
                Received.await(60, () -> forwarder.state().waiting() == 0);
            }
            log.grow(700);
            try (var forwarder = new Forwarding(folder, log).syslog(to(sink))) {
                forwarder.start();
                received.awaitAll(2_200, 60);
            }
        }

        assertThat(received.doubled()).isZero();
    }

    @Test
    void tellsOfAReceiverThatIsAwayOnceAndOfItsReturnOnce() throws Exception {
        SyslogSink sink = sink(0);
        sink.kill();
        var forwarding = new Forwarding(folder, new Leaves(10)).tellingAtOnce();
        try (var forwarder = forwarding.syslog(to(sink))) {
            forwarder.start();
            Received.await(60, () -> actions(forwarding).contains("audit_forward.failing"));
            try (var back = sink(sink.port())) {
                received.awaitAll(10, 60);
                Received.await(60, () -> actions(forwarding).endsWith("recovered"));
                assertThat(back.frames()).isEqualTo(10);
            }
        }

        assertThat(actions(forwarding))
                .isEqualTo(
                        "audit_forward.repositioned audit_forward.failing"
                                + " audit_forward.recovered");
        assertThat(forwarding.recorded.get(1).details().get("reason"))
                .contains("does not accept connections");
    }

    @Test
    void beginsAtTheEndWithoutAPositionAndSaysSo() throws Exception {
        var log = new Leaves(100);
        received.begins(100);
        var forwarding = new Forwarding(folder, log).startingAtTheEnd();
        Files.writeString(folder.resolve("syslog.position"), "next 5");
        try (var sink = sink(0);
                var forwarder = forwarding.syslog(to(sink))) {
            forwarder.start();
            log.grow(20);
            received.awaitAll(120, 60);

            assertThat(sink.frames()).isEqualTo(20);
        }
        assertThat(forwarding.recorded.getFirst().details())
                .containsEntry("from", "100")
                .containsEntry("reason", "no_position");
    }

    @Test
    void saysThatTheLogIsShorterThanWhatWasForwarded() throws Exception {
        Files.writeString(folder.resolve("syslog.position"), "next 500\n");
        var log = new Leaves(100);
        received.begins(100);
        var forwarding = new Forwarding(folder, log);
        try (var sink = sink(0);
                var forwarder = forwarding.syslog(to(sink))) {
            forwarder.start();
            log.grow(20);
            received.awaitAll(120, 60);
        }

        assertThat(forwarding.recorded.getFirst().details())
                .containsEntry("reason", "log_shorter_than_forwarded");
    }

    @Test
    void endsWithinSecondsThoughTheReceiverStalls() throws Exception {
        var stall = new CountDownLatch(1);
        var sink =
                new SyslogSink(
                        0,
                        server,
                        SyslogSink.Manners.CLOSE_NOTIFY,
                        _ -> awaitQuietly(stall, 60_000));
        var forwarder = new Forwarding(folder, new Leaves(100_000)).syslog(to(sink));
        forwarder.start();
        long before = System.nanoTime();

        forwarder.close();

        assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(20));
        stall.countDown();
        sink.close();
    }

    @Test
    void refusesSettingsThatTrustNobody() {
        assertThatThrownBy(() -> new ReceiverSettings.Tls(List.of(), null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String actions(Forwarding forwarding) {
        return String.join(" ", forwarding.recorded.stream().map(each -> each.action()).toList());
    }

    private SyslogSink sink(int port) throws IOException {
        return new SyslogSink(port, server, SyslogSink.Manners.CLOSE_NOTIFY, kept);
    }

    private SyslogSink rude() throws IOException {
        return new SyslogSink(0, server, SyslogSink.Manners.TCP_END, kept);
    }

    private ReceiverSettings.Syslog to(SyslogSink sink) throws Exception {
        return Forwarding.settings(sink.port(), authority);
    }
}
