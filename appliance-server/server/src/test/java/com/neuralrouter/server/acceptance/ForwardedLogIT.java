package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.server.audit.forward.ForwardUnusable;
import com.neuralrouter.server.provider.TestAuthority;

import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A whole appliance forwards its audit log to the receiver of its configuration. */
@Timeout(120)
class ForwardedLogIT {
    @TempDir Path folder;

    private final StringBuffer received = new StringBuffer();

    @Test
    void forwardsWhatHappensFromTheStartToTheStop() throws Exception {
        var authority = new TestAuthority("SIEM CA");
        Path ca = Files.writeString(folder.resolve("ca.pem"), authority.pem());
        try (SSLServerSocket sink = listen(authority)) {
            try (RunningSite _ =
                    RunningSite.start(
                            folder.resolve("site"),
                            Map.of(
                                    "audit.forward.syslog",
                                    "127.0.0.1:" + sink.getLocalPort(),
                                    "audit.forward.syslog-ca-file",
                                    ca.toString(),
                                    "audit.forward.start",
                                    "beginning"))) {
                awaitWords("audit_forward.repositioned");
            }
            awaitWords("appliance.stopping");
        }

        assertThat(received).contains(" neural-router ", "appliance.started", "\"sequence\":0,");
        assertThat(folder.resolve("site/audit/forward/syslog.position")).exists();
    }

    @Test
    void doesNotStartWithoutTheReceiversAuthorities() {
        assertThatThrownBy(() ->
                        RunningSite.start(
                                folder.resolve("site"),
                                Map.of(
                                        "audit.forward.syslog", "127.0.0.1:6514",
                                        "audit.forward.syslog-ca-file", "absent.pem")))
                .isInstanceOf(ForwardUnusable.class)
                .hasMessageContaining("absent.pem");
    }

    private SSLServerSocket listen(TestAuthority authority) throws Exception {
        var sink =
                (SSLServerSocket)
                        authority
                                .server(new GeneralName(GeneralName.iPAddress, "127.0.0.1"))
                                .getServerSocketFactory()
                                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> accept(sink));
        return sink;
    }

    private void accept(SSLServerSocket sink) {
        while (!sink.isClosed()) {
            try {
                var connection = (SSLSocket) sink.accept();
                Thread.ofVirtual().start(() -> read(connection));
            } catch (IOException _) {
                // The test is over.
            }
        }
    }

    private void read(SSLSocket connection) {
        try (connection) {
            byte[] bytes = connection.getInputStream().readAllBytes();
            received.append(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException _) {
            // The appliance broke off; it sends again what was on this connection.
        }
    }

    private void awaitWords(String words) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (received.indexOf(words) < 0) {
            assertThat(System.nanoTime()).as(words).isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
