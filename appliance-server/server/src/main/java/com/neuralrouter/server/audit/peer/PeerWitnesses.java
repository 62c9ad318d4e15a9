package com.neuralrouter.server.audit.peer;

import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.audit.peer.PeerWitness.Look;
import com.neuralrouter.tlog.NoteSigner;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * All sites whose logs this appliance witnesses, each looked at every minute. One thread of its
 * own, from {@link #start} to {@link #close}; a site that is joined later is found at its next
 * round.
 */
public final class PeerWitnesses implements AutoCloseable {
    private static final Logger LOG = System.getLogger(PeerWitnesses.class.getName());
    private static final long PERIOD_SECONDS = 60;

    private final Path folder;
    private final NoteSigner signer;
    private final Consumer<AuditEvent> record;
    private final Clock clock;
    private final List<String> known = new ArrayList<>();
    private final List<PeerWitness> witnesses = new ArrayList<>();
    private final ScheduledExecutorService looking =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("audit-witness").daemon().factory());
    private volatile boolean alarmed;

    /**
     * @param folder of the peers' folders
     */
    public PeerWitnesses(Path folder, NoteSigner signer, Consumer<AuditEvent> record, Clock clock) {
        this.folder = folder;
        this.signer = signer;
        this.record = record;
        this.clock = clock;
    }

    public void start() {
        looking.scheduleWithFixedDelay(this::look, 1, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    /** Whether an alarm about a peer's log stood at the last round. Any thread. */
    public boolean alarmed() {
        return alarmed;
    }

    private void look() {
        try {
            for (PeerFolder each : PeerFolder.in(folder)) {
                if (!known.contains(each.name())) {
                    known.add(each.name());
                    witnesses.add(new PeerWitness(each, signer, record, clock));
                }
            }
            boolean any = false;
            for (PeerWitness each : witnesses) {
                any |= each.look() == Look.ALARM;
            }
            alarmed = any;
        } catch (RuntimeException failure) {
            LOG.log(Level.ERROR, "peers'' audit logs could not be looked at cause={0}", failure);
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
