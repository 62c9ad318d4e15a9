package com.neuralrouter.server.provider.http;

import com.neuralrouter.server.provider.http.UpstreamException.Kind;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks hosts up with a deadline. The system's resolver has none, and while it waits it keeps the
 * carrier of a virtual thread: two lookups that hang would stop an appliance with two cores. So it
 * gets a few threads of its own. What it found the runtime keeps for 30 s. Safe for all threads.
 */
final class HostResolver implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int MOST_WAITING = 1_000;

    private final ThreadPoolExecutor threads;

    HostResolver() {
        threads =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        30,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(MOST_WAITING),
                        Thread.ofPlatform().daemon().name("upstream-lookup-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * The host's addresses, at least one.
     *
     * @param host a name, or an address without brackets
     * @param until {@link System#nanoTime()}
     */
    InetAddress[] resolve(String host, long until) throws UpstreamException {
        if (host.indexOf(':') >= 0 || Character.digit(host.charAt(0), 10) >= 0) {
            try {
                return new InetAddress[] {InetAddress.ofLiteral(host)};
            } catch (IllegalArgumentException e) {
                // A name may begin with a digit.
            }
        }
        Future<InetAddress[]> found = null;
        try {
            found = threads.submit(() -> InetAddress.getAllByName(host));
            return found.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpstreamException(Kind.CANCELLED, "the request was cancelled");
        } catch (TimeoutException e) {
            throw new UpstreamException(Kind.TIMED_OUT, "the host was not looked up in time");
        } catch (RejectedExecutionException e) {
            throw UpstreamException.unreachable("too many hosts are being looked up");
        } catch (ExecutionException e) {
            throw UpstreamException.unreachable(
                    e.getCause() instanceof UnknownHostException
                            ? "there is no host of that name"
                            : "the host could not be looked up");
        } finally {
            if (found != null) {
                found.cancel(true);
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
