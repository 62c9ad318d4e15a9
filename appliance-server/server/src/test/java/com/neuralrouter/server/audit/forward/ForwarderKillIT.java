package com.neuralrouter.server.audit.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.provider.TestAuthority;

import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Kills the process that forwards, at random moments, and looks what the receiver has got. */
class ForwarderKillIT {
    private static final int ENTRIES = 20_000;
    private static final int KILLS = 6;

    @TempDir Path folder;

    @Test
    void forwardsEveryEntryThoughTheApplianceIsKilledAgainAndAgain() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var authority = new TestAuthority("SIEM CA");
        Files.writeString(folder.resolve("ca.pem"), authority.pem());
        var received = new Received();
        try (var sink =
                new SyslogSink(
                        0,
                        authority.server(new GeneralName(GeneralName.iPAddress, "127.0.0.1")),
                        SyslogSink.Manners.CLOSE_NOTIFY,
                        text -> Messages.into(received, text))) {
            for (int kill = 0; kill < KILLS; kill++) {
                Process process = process(sink);
                long most = received.next() + random.nextInt(ENTRIES / KILLS);
                Received.await(60, () -> received.next() > most);
                process.destroyForcibly();
                assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).as("killed, not failed").isEqualTo(128 + 9);
            }
            Process last = process(sink);
            received.awaitAll(ENTRIES, 60);
            last.destroyForcibly();
        }

        System.out.printf(
                "forwarder killed %d times (seed %d): %d entries, %d doubled%n",
                KILLS, seed, received.next(), received.doubled());
        assertThat(received.doubled())
                .as("seed %d", seed)
                .isLessThanOrEqualTo((long) KILLS * SyslogReceiver.WINDOW);
    }

    private Process process(SyslogSink sink) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ForwardUntilKilled.class.getName(),
                        String.valueOf(sink.port()),
                        folder.resolve("ca.pem").toString(),
                        folder.resolve("forward").toString(),
                        String.valueOf(ENTRIES))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
