package com.neuralrouter.server.audit.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.debian.DebianPackages;
import com.neuralrouter.server.provider.TestAuthority;

import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A real rsyslog, Debian's, receives over TLS while it is killed and restarted. It writes what it
 * has read before it reads on (a queue of type Direct), so that what it loses is not its own doing.
 */
@Tag("long")
class RsyslogIT {
    private static final int ENTRIES = 20_000;
    private static final Path HERE = Path.of("target", "rsyslog").toAbsolutePath();

    @TempDir Path folder;

    private DebianPackages debian;
    private TestAuthority authority;
    private int port;

    @BeforeEach
    void prepare() throws Exception {
        debian =
                new DebianPackages(
                        HERE, "The test with rsyslog needs apt-get and a mirror to fetch it");
        if (!Files.exists(daemon()) || !Files.isDirectory(modules())) {
            debian.fetch(
                    List.of(
                            "rsyslog",
                            "rsyslog-openssl",
                            "rsyslog-gnutls",
                            "libestr0",
                            "libfastjson4"));
        }
        authority = new TestAuthority("SIEM CA");
        String identity = authority.serverPem(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        int key = identity.indexOf("-----BEGIN PRIVATE KEY");
        Files.writeString(folder.resolve("ca.pem"), authority.pem());
        Files.writeString(folder.resolve("cert.pem"), identity.substring(0, key));
        Files.writeString(folder.resolve("key.pem"), identity.substring(key));
        try (var any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = any.getLocalPort();
        }
    }

    @ParameterizedTest
    @CsvSource({"ossl, CLOSE_NOTIFY", "gtls, FIN"})
    void hasEveryEntryInOrderThoughItIsKilledAndRestarted(String driver, ReceiverSettings.End end)
            throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        configure(driver);
        var log = new Leaves(0);
        int killed = 0;
        int stopped = 0;
        Process rsyslog = start();
        try (var forwarder = new Forwarding(folder, log).syslog(settings(end))) {
            forwarder.start();
            while (log.size() < ENTRIES) {
                long more = Math.min(ENTRIES - log.size(), 200 + random.nextInt(1_500));
                // In the middle of what it writes, not when it has just acknowledged.
                long most = written() + random.nextLong(more * 300);
                log.grow(more);
                Received.await(120, () -> written() >= most || forwarder.state().waiting() == 0);
                if (random.nextBoolean()) {
                    rsyslog.destroyForcibly();
                    killed++;
                } else {
                    rsyslog.destroy();
                    stopped++;
                }
                assertThat(rsyslog.waitFor(60, TimeUnit.SECONDS)).isTrue();
                rsyslog = start();
            }
            Received.await(120, () -> forwarder.state().waiting() == 0);
        } finally {
            rsyslog.destroyForcibly().waitFor();
        }

        Received received = received();
        System.out.printf(
                "rsyslog (%s) killed %d times and stopped %d times (seed %d): %d entries, each"
                        + " in its place, %d doubled%n",
                driver, killed, stopped, seed, received.next(), received.doubled());
        received.assertSound();
        assertThat(received.next()).as("seed %d", seed).isEqualTo(ENTRIES);
    }

    private long written() {
        return folder.resolve("received.log").toFile().length();
    }

    private ReceiverSettings.Syslog settings(ReceiverSettings.End end) throws Exception {
        return new ReceiverSettings.Syslog(
                "127.0.0.1",
                port,
                ReceiverSettings.Payload.JSON,
                end,
                Forwarding.tls(authority, null));
    }

    /** A message is between empty lines, so that one torn by a kill spoils no other. */
    private Received received() throws IOException {
        var received = new Received();
        for (String line :
                Files.readAllLines(folder.resolve("received.log"), StandardCharsets.UTF_8)) {
            if (line.endsWith("}")) {
                Messages.into(received, line);
            }
        }
        return received;
    }

    private void configure(String driver) throws IOException {
        Files.writeString(
                folder.resolve("rsyslog.conf"),
                """
                global(
                  workDirectory="%1$s"
                  maxMessageSize="128k"
                  defaultNetstreamDriver="%2$s"
                  defaultNetstreamDriverCAFile="%1$s/ca.pem"
                  defaultNetstreamDriverCertFile="%1$s/cert.pem"
                  defaultNetstreamDriverKeyFile="%1$s/key.pem"
                )
                main_queue(queue.type="Direct")
                module(
                  load="imtcp"
                  streamDriver.name="%2$s"
                  streamDriver.mode="1"
                  streamDriver.authMode="anon"
                )
                template(name="raw" type="string" string="\\n%%rawmsg%%\\n")
                input(type="imtcp" port="%3$d")
                action(
                  type="omfile"
                  file="%1$s/received.log"
                  template="raw"
                  asyncWriting="off"
                  flushOnTXEnd="on"
                )
                """
                        .formatted(folder, driver, port));
    }

    private Process start() throws IOException {
        Path pid = folder.resolve("rsyslog.pid");
        Files.deleteIfExists(pid);
        var builder =
                new ProcessBuilder(
                                daemon().toString(),
                                "-n",
                                "-f",
                                folder.resolve("rsyslog.conf").toString(),
                                "-i",
                                pid.toString(),
                                "-M",
                                modules().toString())
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        HERE.resolve("rsyslog.log").toFile()));
        builder.environment().put("LD_LIBRARY_PATH", debian.libraries().toString());
        return builder.start();
    }

    private Path daemon() {
        return debian.unpacked().resolve("usr/sbin/rsyslogd");
    }

    private Path modules() {
        return debian.libraries().resolve("rsyslog");
    }
}
