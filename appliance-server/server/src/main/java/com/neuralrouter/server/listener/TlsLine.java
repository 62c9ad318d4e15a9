package com.neuralrouter.server.listener;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.HelidonSocket;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * TLS of one connection, between its socket and HTTP. It is here because Helidon's own keeps 83 KB
 * of buffers for each connection as long as that lives; this one borrows them record by record (see
 * ADR 0024). Received from by the connection's thread; sent to by one thread at a time.
 */
final class TlsLine {
    private static final byte[] NOTHING = {};

    private final SSLEngine engine;
    private final HelidonSocket socket;
    private final TlsBuffers buffers;

    /** Held while records are sealed and handed to the socket: they are numbered. */
    private final ReentrantLock sending = new ReentrantLock();

    /** What was received of a record that is not whole yet; owned by the receiving thread. */
    private byte[] unopened = NOTHING;

    /** Whether the client has said goodbye; owned by the receiving thread. */
    private boolean ended;

    /** Whether the first handshake is over; written by the receiving thread. */
    private volatile boolean established;

    TlsLine(SSLEngine engine, HelidonSocket socket, TlsBuffers buffers) {
        this.engine = engine;
        this.socket = socket;
        this.buffers = buffers;
    }

    SSLEngine engine() {
        return engine;
    }

    /** Whether the handshake is over, so that the session does not change any more. */
    boolean established() {
        return established;
    }

    /**
     * Waits for bytes of the client; does the handshake on the way. Null when there will be none
     * any more. Throws {@link UncheckedIOException} when the connection or its TLS is broken.
     */
    byte @Nullable [] receive() {
        try {
            while (!ended) {
                byte[] opened = unopened.length == 0 ? NOTHING : open();
                if (opened.length > 0) {
                    return opened;
                }
                if (!ended && !read()) {
                    return null;
                }
            }
            return null;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private boolean read() {
        byte[] bytes = socket.get();
        if (bytes == null) {
            return false;
        }
        if (unopened.length == 0) {
            unopened = bytes;
        } else {
            int before = unopened.length;
            unopened = Arrays.copyOf(unopened, before + bytes.length);
            System.arraycopy(bytes, 0, unopened, before, bytes.length);
        }
        return true;
    }

    /** Opens what is whole of what was received; nothing when that is not enough. */
    private byte[] open() throws IOException {
        ByteBuffer in = ByteBuffer.wrap(unopened);
        ByteBuffer plain = buffers.take();
        try {
            boolean more = true;
            while (more && in.hasRemaining()) {
                SSLEngineResult result = engine.unwrap(in, plain);
                more = result.getStatus() == Status.OK;
                ended |= result.getStatus() == Status.CLOSED;
                if (result.getStatus() == Status.BUFFER_OVERFLOW && plain.position() == 0) {
                    throw new SSLException("a record is larger than TLS allows");
                }
                answer(result.getHandshakeStatus());
            }
            unopened = rest(in);
            return plain.position() == 0 ? NOTHING : Arrays.copyOf(plain.array(), plain.position());
        } finally {
            buffers.give(plain);
        }
    }

    private byte[] rest(ByteBuffer in) {
        if (!in.hasRemaining()) {
            return NOTHING;
        }
        return in.position() == 0
                ? unopened
                : Arrays.copyOfRange(unopened, in.position(), unopened.length);
    }

    /** Does what the handshake, or what comes after it in TLS 1.3, asks of this side. */
    private void answer(HandshakeStatus asked) throws IOException {
        HandshakeStatus status = asked;
        while (true) {
            switch (status) {
                case NEED_TASK -> {
                    demandNoRenegotiation();
                    for (Runnable task; (task = engine.getDelegatedTask()) != null; ) {
                        task.run();
                    }
                    status = engine.getHandshakeStatus();
                }
                case NEED_WRAP -> status = seal(ByteBuffer.allocate(0)).getHandshakeStatus();
                case FINISHED -> {
                    established = true;
                    return;
                }
                case NOT_HANDSHAKING, NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    return;
                }
            }
        }
    }

    /** TLS 1.2 lets a client begin another handshake at any time (RFC 9325, section 3.5). */
    private void demandNoRenegotiation() throws SSLException {
        if (established && !"TLSv1.3".equals(engine.getSession().getProtocol())) {
            throw new SSLException("the client wants to renegotiate");
        }
    }

    /** Sends all of it. Throws {@link UncheckedIOException} when that can't be done. */
    void send(BufferData data) {
        ByteBuffer plain = buffers.take();
        try {
            while (!data.consumed()) {
                plain.clear();
                data.writeTo(plain, Math.min(data.available(), plain.capacity()));
                plain.flip();
                while (plain.hasRemaining()) {
                    if (seal(plain).getStatus() == Status.CLOSED) {
                        throw new SSLException("the connection was closed");
                    }
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } finally {
            buffers.give(plain);
        }
    }

    /** Seals and sends one record, or what of a handshake is due before it. */
    private SSLEngineResult seal(ByteBuffer plain) throws IOException {
        sending.lock();
        ByteBuffer sealed = buffers.take();
        try {
            SSLEngineResult result = engine.wrap(plain, sealed);
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                sealed = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
                result = engine.wrap(plain, sealed);
            }
            if (sealed.position() > 0) {
                socket.write(BufferData.create(sealed.array(), 0, sealed.position()));
            }
            return result;
        } finally {
            buffers.give(sealed);
            sending.unlock();
        }
    }

    /** Says goodbye, or what was wrong, as far as the client still listens. Idempotent. */
    void close() {
        engine.closeOutbound();
        try {
            while (!engine.isOutboundDone() && seal(ByteBuffer.allocate(0)).bytesProduced() > 0) {
                // As many records as it takes.
            }
        } catch (IOException | UncheckedIOException gone) {
            // There is nobody to say it to.
        }
    }
}
