package com.neuralrouter.server.audit.forward;

import com.neuralrouter.contract.AuditEntry.Outcome;
import com.neuralrouter.server.audit.AuditEvent;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Brings one receiver up with the log and keeps it there, on a thread of its own. The position is
 * written after the receiver has acknowledged and before anything further is sent: when the process
 * is killed between the two, what was acknowledged last is sent once more.
 */
final class Forwarder implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Forwarder.class.getName());
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LAST_MOMENTS = Duration.ofSeconds(5);

    private final ReceiverSettings settings;
    private final Receiver receiver;
    private final Position position;
    private final Ground ground;
    private final Backoff backoff;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    /** Written by the thread alone, read by whoever asks for the state. */
    private volatile Standing standing = new Standing(0, null, null, null);

    /** Of the thread: whether the present trouble was told. */
    private boolean told;

    /**
     * What forwarders have in common.
     *
     * @param start where to begin without a position
     * @param record leaves an entry in the audit trail; may throw when that can't be written
     * @param firstPause after a first failure
     * @param patience how long a trouble lasts before it is told
     */
    record Ground(
            LeafSource log,
            AuditForwarding.Start start,
            Consumer<AuditEvent> record,
            Clock clock,
            Duration firstPause,
            Duration patience) {}

    private record Standing(
            long next, @Nullable Instant takenAt, @Nullable Instant since, @Nullable String error) {

        Standing taken(long to, Instant at) {
            return new Standing(to, at, null, null);
        }

        Standing failed(String sentence, Instant at) {
            return new Standing(next, takenAt, since == null ? at : since, sentence);
        }
    }

    Forwarder(ReceiverSettings settings, Receiver receiver, Position position, Ground ground) {
        this.settings = settings;
        this.receiver = receiver;
        this.position = position;
        this.ground = ground;
        this.backoff = new Backoff(ground.firstPause());
        this.thread =
                Thread.ofVirtual().name("audit-forward-" + settings.name()).unstarted(this::run);
    }

    /** Throws {@link UncheckedIOException} if the position can't be read or written. */
    void start() {
        try {
            long next = firstPosition();
            standing = new Standing(next, null, null, null);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        thread.start();
    }

    ForwarderState state() {
        Standing now = standing;
        return new ForwarderState(
                settings.name(),
                settings.place(),
                now.next(),
                Math.max(0, ground.log().size() - now.next()),
                now.takenAt(),
                receiver.refused(),
                now.since(),
                now.error());
    }

    /**
     * Where to go on. Beyond the log's end means that the log is an older copy than the one that
     * was forwarded: what comes now has numbers that the receiver knows, with another content.
     */
    private long firstPosition() throws IOException {
        OptionalLong kept = position.read();
        long size = ground.log().size();
        if (kept.isPresent() && kept.getAsLong() <= size) {
            return kept.getAsLong();
        }
        long from = kept.isPresent() || ground.start() == AuditForwarding.Start.END ? size : 0;
        position.write(from);
        LOG.log(
                Level.WARNING,
                kept.isPresent()
                        ? "the audit log is shorter than what was forwarded receiver={0} from={1}"
                        : "forwarding has no position receiver={0} from={1}",
                settings.name(),
                String.valueOf(from));
        record(
                "audit_forward.repositioned",
                Map.of(
                        "from",
                        String.valueOf(from),
                        "reason",
                        kept.isPresent() ? "log_shorter_than_forwarded" : "no_position"));
        return from;
    }

    private void run() {
        while (!within(Duration.ZERO)) {
            Duration pause = behind() ? deliver() : POLL;
            if (pause.isPositive() && within(pause)) {
                break;
            }
        }
        // The last entries, such as that the appliance stops, unless the receiver is in trouble.
        while (behind() && standing.error() == null && !thread.isInterrupted()) {
            deliver();
        }
    }

    private boolean behind() {
        return standing.next() < ground.log().size();
    }

    /** Delivers some; returns how long to wait, zero if it went well. */
    private Duration deliver() {
        try {
            long to = receiver.deliver(standing.next(), ground.log(), this::within);
            position.write(to);
            standing = standing.taken(to, ground.clock().instant());
            backoff.succeeded();
            tellRecovery();
            return Duration.ZERO;
        } catch (DeliveryFailed failure) {
            return failed(String.valueOf(failure.getMessage()), failure.pause());
        } catch (RuntimeException failure) {
            // The log can't be read, the position not written, or there is a defect: the entries
            // stay where they are, and the operator sees it.
            LOG.log(
                    Level.ERROR,
                    "forwarding failed here receiver={0} cause={1}",
                    settings.name(),
                    failure.getClass().getName());
            return failed(
                    "The log can't be read or the position not written (%s)."
                            .formatted(failure.getClass().getSimpleName()),
                    Duration.ZERO);
        }
    }

    private Duration failed(String sentence, Duration asked) {
        Instant now = ground.clock().instant();
        standing = standing.failed(sentence, now);
        Instant since = standing.since();
        boolean late =
                since != null && Duration.between(since, now).compareTo(ground.patience()) >= 0;
        if (late && !told) {
            told = true;
            LOG.log(
                    Level.WARNING,
                    "a receiver of the audit log gets nothing receiver={0} waiting={1} reason={2}",
                    settings.name(),
                    String.valueOf(state().waiting()),
                    sentence);
            record("audit_forward.failing", Map.of("reason", sentence));
        }
        return backoff.failed(asked);
    }

    private void tellRecovery() {
        if (told) {
            told = false;
            LOG.log(
                    Level.INFO,
                    "a receiver of the audit log gets it again receiver={0}",
                    settings.name());
            record("audit_forward.recovered", Map.of("from", String.valueOf(standing.next())));
        }
    }

    /** The trail may be unable to take it just now; forwarding does not depend on that. */
    private void record(String action, Map<String, String> details) {
        try {
            ground.record()
                    .accept(
                            new AuditEvent(
                                    action,
                                    "audit_forward/" + settings.name(),
                                    null,
                                    Outcome.DONE,
                                    details));
        } catch (RuntimeException failure) {
            LOG.log(
                    Level.ERROR,
                    "an entry on forwarding could not be recorded action={0} cause={1}",
                    action,
                    failure.getClass().getName());
        }
    }

    private boolean within(Duration time) {
        try {
            return stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** From now on nothing new is begun. */
    void stop() {
        stopping.countDown();
    }

    /**
     * Lets what is under way be acknowledged, within seconds; what is not is sent again after the
     * next start.
     */
    @Override
    public void close() {
        stop();
        try {
            if (thread.getState() != Thread.State.NEW && !thread.join(LAST_MOMENTS)) {
                thread.interrupt();
                receiver.close();
                thread.join(LAST_MOMENTS);
            }
        } catch (InterruptedException _) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        receiver.close();
    }
}
