package com.neuralrouter.server.audit.forward;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import javax.net.ssl.SSLContext;

/**
 * Delivers to a syslog receiver, which has no way to say what it has taken: what TCP acknowledges
 * was read by nobody yet. Entries therefore go in windows, each on a connection of its own, and a
 * window counts as taken when
 *
 * <ol>
 *   <li>the connection's end was confirmed ({@link SyslogConnection#end}), and
 *   <li>the receiver has accepted the next connection since: an end by which it answered and an end
 *       by which it stopped at that moment look the same on the wire, but one that stopped accepts
 *       no more.
 * </ol>
 *
 * <p>Otherwise the whole window is sent again, in order, on a new connection. So nothing is left
 * out as long as the receiver keeps what it has read, and what is doubled is at most one window,
 * {@value #WINDOW} entries, for each time that it or the appliance died: a receiver drops what has
 * a number that it has had.
 *
 * <p>What can be lost all the same: what a receiver has read and then loses itself, from a queue in
 * its memory. The numbers tell it: they have a gap then.
 */
final class SyslogReceiver implements Receiver {
    /** At most so many entries are under way without being acknowledged. */
    static final int WINDOW = 500;

    private static final long WINDOW_BYTES = 1 << 20;
    private static final int PAGE = 64;
    private static final Duration POLL = Duration.ofMillis(50);

    private final ReceiverSettings.Syslog settings;
    private final SyslogFrames frames;
    private final SSLContext context;
    private final Pace pace;

    /**
     * How many entries go at once now: half as many after each failure, so that a receiver that is
     * too slow for a window gets one that it can take, and twice as many after each success. Of the
     * forwarder's thread.
     */
    private int window = WINDOW;

    /** The one that the next window goes over; null before the first and after a failure. */
    private volatile @Nullable SyslogConnection next;

    /**
     * How long things take.
     *
     * @param linger how long a window waits for further entries; they are sent at once all the same
     * @param patience how long a receiver may take for a step
     */
    record Pace(Duration linger, Duration patience) {
        static final Pace STANDARD = new Pace(Duration.ofSeconds(2), Duration.ofSeconds(30));
    }

    SyslogReceiver(ReceiverSettings.Syslog settings, Sender sender, Pace pace) {
        this.settings = settings;
        this.frames = new SyslogFrames(sender, settings.payload());
        this.context = ReceiverTls.context(settings.tls());
        this.pace = pace;
    }

    @Override
    public long deliver(long from, LeafSource log, Stopping stopping) throws DeliveryFailed {
        try {
            SyslogConnection connection = next;
            if (connection == null || !connection.open()) {
                close();
                connection = connect();
            }
            long taken = fill(connection, from, log, stopping);
            connection.end(settings.end());
            connect();
            window = Math.min(WINDOW, 2 * window);
            return taken;
        } catch (IOException failed) {
            SyslogConnection used = next;
            IOException failure = used == null ? failed : used.explained(failed);
            close();
            window = Math.max(1, window / 2);
            throw new DeliveryFailed(
                    "The syslog receiver at %s %s."
                            .formatted(settings.place(), Trouble.of(failure)),
                    failure);
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private SyslogConnection connect() throws IOException {
        SyslogConnection fresh = SyslogConnection.open(settings, context, pace.patience());
        next = fresh;
        return fresh;
    }

    /** Sends a window; returns the number after its last entry. */
    private long fill(SyslogConnection connection, long from, LeafSource log, Stopping stopping)
            throws IOException {
        long end = System.nanoTime() + pace.linger().toNanos();
        long to = from;
        long bytes = 0;
        while (to - from < window && bytes < WINDOW_BYTES) {
            int most = (int) Math.min(PAGE, window - (to - from));
            List<Leaf> page = Leaf.from(log, to, most, WINDOW_BYTES - bytes);
            for (Leaf leaf : page) {
                byte[] frame = frames.of(leaf);
                connection.write(frame);
                bytes += frame.length;
            }
            to += page.size();
            if (page.isEmpty()) {
                connection.flush();
                boolean over = to > from && System.nanoTime() - end >= 0;
                if (over || stopping.within(POLL) || !connection.open()) {
                    break;
                }
            }
        }
        return to;
    }

    @Override
    public void close() {
        SyslogConnection connection = next;
        next = null;
        if (connection != null) {
            connection.close();
        }
    }
}
