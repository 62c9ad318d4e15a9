package com.neuralrouter.server.audit.timestamp;

import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.audit.timestamp.StampFolder.Stamped;
import com.neuralrouter.server.audit.timestamp.TimestampTrust.Unproven;
import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.SignedNote;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Has the log's newest checkpoint stamped once in a while, if the log has grown. While the
 * authority is away nothing else stops; it is told in the trail once, and once when it is back. One
 * thread of its own, from {@link #start} to {@link #close}.
 */
public final class CheckpointStamps implements AutoCloseable {
    private static final Logger LOG = System.getLogger(CheckpointStamps.class.getName());
    private static final Duration FIRST = Duration.ofSeconds(5);

    private final Settings settings;
    private final StampFolder folder;
    private final Supplier<SignedNote> newest;
    private final Consumer<AuditEvent> record;
    private final TimestampAuthority authority;
    private final ScheduledExecutorService stamping =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("audit-timestamp").daemon().factory());

    /** Of the one thread. */
    private boolean failing;

    /**
     * Who stamps, and how often.
     *
     * @param url http or https
     */
    public record Settings(URI url, TimestampTrust trust, Duration every) {}

    /**
     * @param newest the newest signed checkpoint
     * @param record leaves an entry in the trail
     */
    public CheckpointStamps(
            Settings settings,
            StampFolder folder,
            Supplier<SignedNote> newest,
            Consumer<AuditEvent> record) {
        this.settings = settings;
        this.folder = folder;
        this.newest = newest;
        this.record = record;
        this.authority = new TimestampAuthority(settings.url(), settings.trust());
    }

    public void start() {
        stamping.scheduleWithFixedDelay(
                this::stamp, FIRST.toMillis(), settings.every().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Once, if the log has grown since the last. */
    void stamp() {
        try {
            SignedNote note = newest.get();
            long size = Checkpoint.parse(note.text()).size();
            if (size > folder.newest()) {
                TimestampAuthority.Stamp stamp = authority.stamp(note.bytes());
                folder.keep(new Stamped(size, note.bytes(), stamp.response()));
                failing = false;
                record.accept(
                        AuditEvent.done(
                                "audit.timestamped",
                                "audit",
                                Map.of(
                                        "entries", String.valueOf(size),
                                        "to", stamp.at().toString())));
            }
        } catch (IOException | Unproven failure) {
            tell(failure);
        } catch (RuntimeException failure) {
            LOG.log(Level.ERROR, "no checkpoint could be stamped cause={0}", failure);
        }
    }

    private void tell(Exception failure) {
        LOG.log(
                Level.WARNING,
                "the timestamp authority gives no timestamp authority={0} cause={1}",
                settings.url().getHost(),
                failure);
        if (!failing) {
            failing = true;
            record.accept(
                    AuditEvent.done(
                            "audit.timestamp_failing",
                            "audit",
                            Map.of(
                                    "reason",
                                    failure instanceof Unproven ? "unproven" : "unreachable")));
        }
    }

    @Override
    public void close() {
        stamping.shutdownNow();
        authority.close();
    }
}
