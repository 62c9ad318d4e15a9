package com.neuralrouter.server.audit.forward;

import com.neuralrouter.certs.trust.PrivateFile;
import com.neuralrouter.server.audit.AuditEvent;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Forwards the audit log to the receivers of the configuration, from {@link #start} to {@link
 * #close}. Made once by an appliance; without receivers it does nothing.
 *
 * <p>Each entry is delivered at least once and in order: what a receiver gets has either a number
 * that it has had, or the next one. When it gets something twice is said at {@link SyslogReceiver}
 * and {@link OtlpReceiver}.
 */
public final class AuditForwarding implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration TOLD_AFTER = Duration.ofSeconds(30);
    private static final Duration REQUEST = Duration.ofSeconds(30);

    private final List<Forwarder> forwarders;

    /** Where a receiver that has no position begins. */
    public enum Start {
        /** With what comes. */
        END,

        /** With the log's first entry. */
        BEGINNING
    }

    /**
     * What is forwarded, and to whom.
     *
     * @param folder where the positions are, made if it is not there
     */
    public record Settings(
            List<ReceiverSettings> receivers, Start start, Sender sender, Path folder) {
        public Settings {
            receivers = List.copyOf(receivers);
        }
    }

    /**
     * @param record leaves an entry in the audit trail
     */
    public AuditForwarding(
            Settings settings, LeafSource log, Consumer<AuditEvent> record, Clock clock) {
        if (!settings.receivers().isEmpty()) {
            PrivateFile.folder(settings.folder());
        }
        var ground =
                new Forwarder.Ground(log, settings.start(), record, clock, FIRST_PAUSE, TOLD_AFTER);
        this.forwarders =
                settings.receivers().stream()
                        .map(each ->
                                new Forwarder(
                                        each,
                                        receiver(each, settings.sender(), clock),
                                        new Position(settings.folder(), each.name()),
                                        ground))
                        .toList();
    }

    private static Receiver receiver(ReceiverSettings settings, Sender sender, Clock clock) {
        return switch (settings) {
            case ReceiverSettings.Syslog syslog ->
                    new SyslogReceiver(syslog, sender, SyslogReceiver.Pace.STANDARD);
            case ReceiverSettings.Otlp otlp -> new OtlpReceiver(otlp, sender, REQUEST, clock);
        };
    }

    /** Begins; throws {@link java.io.UncheckedIOException} if a position can't be kept. */
    public void start() {
        forwarders.forEach(Forwarder::start);
    }

    /** How the receivers stand, one for each. Safe for all threads. */
    public List<ForwarderState> states() {
        return forwarders.stream().map(Forwarder::state).toList();
    }

    /** Ends within seconds, whatever the receivers do. */
    @Override
    public void close() {
        forwarders.forEach(Forwarder::stop);
        forwarders.forEach(Forwarder::close);
    }
}
