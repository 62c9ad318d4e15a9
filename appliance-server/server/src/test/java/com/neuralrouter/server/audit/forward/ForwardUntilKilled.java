package com.neuralrouter.server.audit.forward;

import com.neuralrouter.certs.trust.Pem;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The process that {@link ForwarderKillIT} kills: forwards a log of the tests for ever. */
final class ForwardUntilKilled {
    private ForwardUntilKilled() {}

    /** Takes the receiver's port, its authority's file, the positions' folder, the log's size. */
    static void main(String[] arguments) throws Exception {
        var receiver =
                new ReceiverSettings.Syslog(
                        "127.0.0.1",
                        Integer.parseInt(arguments[0]),
                        ReceiverSettings.Payload.JSON,
                        ReceiverSettings.End.CLOSE_NOTIFY,
                        new ReceiverSettings.Tls(
                                Pem.certificates(Files.readString(Path.of(arguments[1]))), null));
        var settings =
                new AuditForwarding.Settings(
                        List.of(receiver),
                        AuditForwarding.Start.BEGINNING,
                        Forwarding.SENDER,
                        Path.of(arguments[2]));
        try (var forwarding =
                new AuditForwarding(
                        settings,
                        new Leaves(Long.parseLong(arguments[3])),
                        _ -> {},
                        Clock.systemUTC())) {
            forwarding.start();
            new CountDownLatch(1).await(5, TimeUnit.MINUTES);
        }
    }
}
