package com.neuralrouter.server.control;

import java.io.IOException;
import java.nio.channels.Channel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Closes a channel when its time is over, which ends whoever waits on it: a Unix domain socket has
 * no time-out of its own. Closing the deadline first lets the channel be.
 */
final class ControlDeadline implements AutoCloseable {
    private final CountDownLatch done = new CountDownLatch(1);

    private ControlDeadline() {}

    static ControlDeadline on(Channel channel, Duration within) {
        var deadline = new ControlDeadline();
        Thread.ofVirtual()
                .name("control-deadline")
                .start(() -> deadline.closeAfter(channel, within));
        return deadline;
    }

    private void closeAfter(Channel channel, Duration within) {
        try {
            if (!done.await(within.toNanos(), TimeUnit.NANOSECONDS)) {
                channel.close();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException _) {
            // It is unusable either way, and whoever used it is told so by its own call.
        }
    }

    @Override
    public void close() {
        done.countDown();
    }
}
