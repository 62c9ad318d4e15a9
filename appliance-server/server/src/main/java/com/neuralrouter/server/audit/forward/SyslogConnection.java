package com.neuralrouter.server.audit.forward;

import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * One TLS connection to a syslog receiver. What is written to it counts only when {@link #end}
 * returns. Used by one thread; another one cuts it when a step takes too long, because neither a
 * write nor a handshake has a deadline of its own.
 */
final class SyslogConnection implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;

    private final Watched socket;
    private final SSLSocket tls;
    private final OutputStream out;
    private final Duration patience;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** By {@link System#nanoTime}; written by the using thread, read by the one that cuts. */
    private volatile long deadline;

    private volatile boolean cut;

    private SyslogConnection(Watched socket, SSLSocket tls, Duration patience) throws IOException {
        this.socket = socket;
        this.tls = tls;
        this.patience = patience;
        this.out = new BufferedOutputStream(tls.getOutputStream(), BUFFER_BYTES);
    }

    /**
     * Connects and does the handshake.
     *
     * @param patience how long each step may take: connecting, the handshake, taking a buffer,
     *     ending
     */
    static SyslogConnection open(
            ReceiverSettings.Syslog receiver, SSLContext context, Duration patience)
            throws IOException {
        var socket = new Watched();
        try {
            socket.connect(
                    new InetSocketAddress(receiver.host(), receiver.port()),
                    Math.toIntExact(patience.toMillis()));
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            // Not closed with the TLS layer: how TCP ends is looked at after TLS has ended.
            var tls =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(socket, receiver.host(), receiver.port(), false);
            SSLParameters parameters = tls.getSSLParameters();
            SSLParameters ours = ReceiverTls.parameters();
            parameters.setProtocols(ours.getProtocols());
            parameters.setEndpointIdentificationAlgorithm(
                    ours.getEndpointIdentificationAlgorithm());
            tls.setSSLParameters(parameters);
            var connection = new SyslogConnection(socket, tls, patience);
            connection.begin();
            return connection;
        } catch (IOException | RuntimeException failure) {
            socket.close();
            throw failure;
        }
    }

    private void begin() throws IOException {
        step();
        Thread.ofVirtual().name("audit-forward-watch").start(this::watch);
        try {
            tls.startHandshake();
        } catch (IOException failure) {
            close();
            throw explained(failure);
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
        rest();
    }

    /** A failure as it came to be: this side may have cut the connection. */
    IOException explained(IOException failure) {
        return cut ? new UnconfirmedEnd("does not take what is sent, or answer, in time") : failure;
    }

    /** Puts one frame into the buffer, and what does not fit there on its way. */
    void write(byte[] frame) throws IOException {
        step();
        out.write(frame);
        rest();
    }

    /** Puts all of it on its way. */
    void flush() throws IOException {
        step();
        out.flush();
        rest();
    }

    /**
     * Whether the receiver has not ended the connection yet, as far as that has arrived. It never
     * says anything else, but for what belongs to TLS.
     */
    boolean open() {
        try {
            tls.setSoTimeout(1);
            boolean ended = tls.getInputStream().read() < 0;
            tls.setSoTimeout(0);
            return !ended;
        } catch (SocketTimeoutException _) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /**
     * Ends the connection and returns when the receiver has confirmed it; throws {@link
     * IOException} if it did not, so that nobody knows what it has read. Confirmed is:
     *
     * <ol>
     *   <li>it had not ended the connection itself before ({@link #open}), and then
     *   <li>answered our close_notify with its own (RFC 5425, section 4.4: it MUST), which by the
     *       order of the stream comes after it has read everything; where the settings say so, the
     *       end of TCP is enough; and then
     *   <li>ended TCP without a reset: the system sends one for a process that is gone while bytes
     *       for it are unread.
     * </ol>
     */
    void end(ReceiverSettings.End demanded) throws IOException {
        flush();
        if (!open()) {
            throw new UnconfirmedEnd("ended the connection while entries were under way");
        }
        step();
        tls.setSoTimeout(0);
        tls.shutdownOutput();
        drain(tls.getInputStream());
        boolean notified = !socket.ended();
        if (!notified && demanded == ReceiverSettings.End.CLOSE_NOTIFY) {
            throw new UnconfirmedEnd(
                    "ended the connection without TLS close_notify, so that nobody knows what it"
                            + " has read; if it always does, see"
                            + " audit.forward.syslog-acknowledged-by");
        }
        if (notified) {
            socket.shutdownOutput();
            drain(socket.getInputStream());
        }
        rest();
        close();
    }

    private static void drain(InputStream in) throws IOException {
        byte[] ignored = new byte[512];
        while (in.read(ignored) >= 0) {
            // Syslog has no answers.
        }
    }

    /** A step begins. */
    private void step() {
        deadline = System.nanoTime() + patience.toNanos();
    }

    /** None is under way: idle for a hundred years. */
    private void rest() {
        deadline = System.nanoTime() + TimeUnit.DAYS.toNanos(36_500);
    }

    private void watch() {
        try {
            while (!closed.await(200, TimeUnit.MILLISECONDS)) {
                if (System.nanoTime() - deadline > 0) {
                    cut = true;
                    close();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** At once, whatever another thread is doing with it. */
    @Override
    public void close() {
        closed.countDown();
        try {
            socket.close();
        } catch (IOException _) {
            // It is of no use any more either way.
        }
    }

    /** A socket that remembers whether the other side has ended TCP. */
    private static final class Watched extends Socket {
        private volatile boolean ended;

        boolean ended() {
            return ended;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    return seen(super.read());
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    return seen(super.read(bytes, offset, length));
                }
            };
        }

        private int seen(int read) {
            ended |= read < 0;
            return read;
        }
    }
}
