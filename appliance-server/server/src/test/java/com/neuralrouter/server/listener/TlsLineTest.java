package com.neuralrouter.server.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Random;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** The server's end of TLS against the runtime's client, with a socket that is a queue. */
class TlsLineTest {
    private final TestPki site = new TestPki("site");
    private final TlsBuffers buffers = new TlsBuffers();
    private final Client client = new Client();
    private final TlsLine line =
            new TlsLine(
                    new ListenerTls(Plane.INFERENCE, site.material()).engine(), client, buffers);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1_000, 100_000})
    void readsRecordsHoweverTheyAreCut(int piece) throws SSLException {
        client.piece = piece;
        client.says("one");

        assertThat(line.receive()).asString().isEqualTo("one");
        client.says("two");
        client.says("three");
        assertThat(received(8)).isEqualTo("twothree");
    }

    @Test
    void carriesMoreThanFitsIntoOneRecord() throws SSLException {
        byte[] large = new byte[100_000];
        new Random(5).nextBytes(large);
        client.says("hello");
        line.receive();

        line.send(BufferData.create(large));

        assertThat(client.heard()).isEqualTo(large);
    }

    @Test
    void holdsNoBuffersWhileItWaits() throws SSLException {
        client.says("hello");
        line.receive();
        line.send(BufferData.create("answer".getBytes(StandardCharsets.UTF_8)));
        ByteBuffer one = buffers.take();
        ByteBuffer other = buffers.take();

        buffers.give(one);
        buffers.give(other);

        assertThat(new ByteBuffer[] {buffers.take(), buffers.take()}).contains(one, other);
    }

    @Test
    void endsWhenTheClientSaysGoodbye() throws SSLException {
        client.says("hello");
        line.receive();
        client.says("last words");
        client.goodbye();

        assertThat(line.receive()).asString().isEqualTo("last words");
        assertThat(line.receive()).isNull();
        assertThat(line.receive()).isNull();
    }

    @Test
    void saysGoodbyeOnce() throws SSLException {
        client.says("hello");
        line.receive();

        line.close();
        line.close();

        client.heard();
        assertThat(client.engine.isInboundDone()).isTrue();
    }

    @Test
    void refusesARecordThatWasChanged() throws SSLException {
        client.says("hello");
        line.receive();
        client.says("changed");
        byte[] sent = client.toServer.removeLast();
        sent[sent.length - 1] ^= 1;
        client.toServer.add(sent);

        assertThatThrownBy(line::receive).isInstanceOf(UncheckedIOException.class);
        line.close();
        assertThatThrownBy(client::heard).isInstanceOf(SSLException.class);
    }

    @Test
    void refusesWhatIsNoTls() {
        client.toServer.add("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(line::receive).isInstanceOf(UncheckedIOException.class);
    }

    /** RFC 9325, section 3.5. */
    @Test
    void refusesToRenegotiate() throws SSLException {
        client.speak("TLSv1.2");
        client.says("hello");
        assertThat(line.receive()).asString().isEqualTo("hello");

        client.engine.beginHandshake();
        client.step();

        assertThatThrownBy(line::receive)
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("the client wants to renegotiate");
    }

    private String received(int bytes) {
        var all = new StringBuilder();
        while (all.length() < bytes) {
            all.append(new String(line.receive(), StandardCharsets.UTF_8));
        }
        return all.toString();
    }

    /** The client, and the server's socket towards it. Nothing waits: it is all one thread. */
    private final class Client implements HelidonSocket {
        final SSLEngine engine;
        final ArrayDeque<byte[]> toServer = new ArrayDeque<>();
        private final ByteArrayOutputStream fromServer = new ByteArrayOutputStream();
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
        int piece = 100_000;
        private byte[] toSay = {};

        Client() {
            engine = site.context().createSSLEngine("localhost", 443);
            engine.setUseClientMode(true);
        }

        void speak(String protocol) {
            engine.setEnabledProtocols(new String[] {protocol});
        }

        void says(String text) throws SSLException {
            toSay = text.getBytes(StandardCharsets.UTF_8);
            step();
        }

        void goodbye() throws SSLException {
            toSay = new byte[0];
            engine.closeOutbound();
            wrap();
        }

        /** What the server sent, opened. */
        byte[] heard() throws SSLException {
            step();
            byte[] bytes = heard.toByteArray();
            heard.reset();
            return bytes;
        }

        /** Goes on as far as it goes without the server. */
        void step() throws SSLException {
            boolean more = true;
            while (more) {
                HandshakeStatus status = engine.getHandshakeStatus();
                if (status == HandshakeStatus.NEED_TASK) {
                    engine.getDelegatedTask().run();
                } else if (status == HandshakeStatus.NEED_WRAP) {
                    wrap();
                } else if (fromServer.size() > 0) {
                    more = unwrap();
                } else if (status == HandshakeStatus.NOT_HANDSHAKING && toSay.length > 0
                        || engine.getSession().getProtocol().equals("NONE")
                                && status == HandshakeStatus.NOT_HANDSHAKING) {
                    wrap();
                } else {
                    more = false;
                }
            }
        }

        private void wrap() throws SSLException {
            ByteBuffer out = ByteBuffer.allocate(20_000);
            SSLEngineResult result = engine.wrap(ByteBuffer.wrap(toSay), out);
            toSay = Arrays.copyOfRange(toSay, result.bytesConsumed(), toSay.length);
            if (out.position() > 0) {
                toServer.add(Arrays.copyOf(out.array(), out.position()));
            }
        }

        /** False if it takes more bytes. */
        private boolean unwrap() throws SSLException {
            ByteBuffer in = ByteBuffer.wrap(fromServer.toByteArray());
            ByteBuffer out = ByteBuffer.allocate(20_000);
            SSLEngineResult result = engine.unwrap(in, out);
            fromServer.reset();
            fromServer.write(in.array(), in.position(), in.remaining());
            heard.write(out.array(), 0, out.position());
            return result.bytesConsumed() > 0;
        }

        @Override
        public byte @Nullable [] get() {
            try {
                step();
            } catch (SSLException broken) {
                throw new UncheckedIOException(broken);
            }
            byte[] next = toServer.poll();
            if (next != null && next.length > piece) {
                toServer.addFirst(Arrays.copyOfRange(next, piece, next.length));
                return Arrays.copyOf(next, piece);
            }
            return next;
        }

        @Override
        public void write(BufferData buffer) {
            byte[] bytes = new byte[buffer.available()];
            buffer.read(bytes);
            fromServer.write(bytes, 0, bytes.length);
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void idle() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        @SuppressWarnings({"deprecation", "removal"})
        public int read(BufferData buffer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PeerInfo remotePeer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public PeerInfo localPeer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isSecure() {
            return false;
        }

        @Override
        public String socketId() {
            return "server";
        }

        @Override
        public String childSocketId() {
            return "client";
        }
    }
}
