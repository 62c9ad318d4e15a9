package com.neuralrouter.server.audit.forward;

import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.certs.trust.TlsIdentity;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.provider.TestAuthority;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Forwarders for tests, in a hurry. */
final class Forwarding {
    static final Sender SENDER = new Sender("box.example.org", "nr.site/audit", "0.1.0");
    static final SyslogReceiver.Pace PACE =
            new SyslogReceiver.Pace(Duration.ofMillis(20), Duration.ofSeconds(5));

    /** What was recorded in the trail. */
    final List<AuditEvent> recorded = new CopyOnWriteArrayList<>();

    private final Path folder;
    private final LeafSource log;
    private Duration patience = Duration.ofSeconds(30);
    private AuditForwarding.Start start = AuditForwarding.Start.BEGINNING;

    Forwarding(Path folder, LeafSource log) {
        this.folder = folder;
        this.log = log;
    }

    Forwarding startingAtTheEnd() {
        start = AuditForwarding.Start.END;
        return this;
    }

    Forwarding tellingAtOnce() {
        patience = Duration.ZERO;
        return this;
    }

    Forwarder syslog(ReceiverSettings.Syslog settings) {
        return of(settings, new SyslogReceiver(settings, SENDER, PACE));
    }

    Forwarder of(ReceiverSettings settings, Receiver receiver) {
        return new Forwarder(
                settings,
                receiver,
                new Position(folder, settings.name()),
                new Forwarder.Ground(
                        log,
                        start,
                        recorded::add,
                        Clock.systemUTC(),
                        Duration.ofMillis(4),
                        patience));
    }

    static ReceiverSettings.Syslog settings(int port, TestAuthority authority) throws Exception {
        return new ReceiverSettings.Syslog(
                "127.0.0.1",
                port,
                ReceiverSettings.Payload.JSON,
                ReceiverSettings.End.CLOSE_NOTIFY,
                tls(authority, null));
    }

    static ReceiverSettings.Tls tls(TestAuthority authority, @Nullable TlsIdentity identity)
            throws Exception {
        return new ReceiverSettings.Tls(Pem.certificates(authority.pem()), identity);
    }
}
