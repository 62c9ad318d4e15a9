package com.neuralrouter.certs;

import com.neuralrouter.certs.trust.TlsIdentity;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * One TLS connection over loopback: the client sends one byte, the server answers it. Tells what
 * each side saw.
 */
public final class Handshake {
    private static final int TIMEOUT_MS = 10_000;

    /**
     * How it ended.
     *
     * @param clientFailure what stopped the client; null if it got its answer
     * @param received how many bytes of the client reached the server
     */
    public record Outcome(@Nullable IOException clientFailure, int received) {
        public boolean succeeded() {
            return clientFailure == null;
        }

        /** The messages of the failure and its causes. */
        public String why() {
            StringBuilder text = new StringBuilder();
            for (Throwable at = clientFailure; at != null; at = at.getCause()) {
                text.append(at.getMessage()).append(" | ");
            }
            return text.toString();
        }
    }

    private Handshake() {}

    /** With the name check on, as every HTTP client has it. */
    public static Outcome between(
            SSLContext client, String host, TlsIdentity server, TrustManager... clientTrust)
            throws Exception {
        return run(client, host, "HTTPS", server, clientTrust);
    }

    public static Outcome withoutNameCheck(SSLContext client, String host, TlsIdentity server)
            throws Exception {
        return run(client, host, null, server);
    }

    private static Outcome run(
            SSLContext client,
            String host,
            @Nullable String nameCheck,
            TlsIdentity server,
            TrustManager... clientTrust)
            throws Exception {
        try (SSLServerSocket listener = listen(server, clientTrust)) {
            CompletableFuture<Integer> received = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> received.complete(answer(listener)));
            IOException failure = connect(client, host, nameCheck, listener.getLocalPort());
            return new Outcome(failure, await(received));
        }
    }

    private static SSLServerSocket listen(TlsIdentity server, TrustManager... clientTrust)
            throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(server.keyManagers(), clientTrust, null);
        var listener =
                (SSLServerSocket)
                        context.getServerSocketFactory()
                                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        listener.setNeedClientAuth(clientTrust.length > 0);
        listener.setSoTimeout(TIMEOUT_MS);
        return listener;
    }

    private static int answer(SSLServerSocket listener) {
        int received = 0;
        try (Socket socket = listener.accept()) {
            socket.setSoTimeout(TIMEOUT_MS);
            if (socket.getInputStream().read() >= 0) {
                received++;
                socket.getOutputStream().write('!');
                socket.getOutputStream().flush();
            }
        } catch (IOException e) {
            // The client's side of it is what the tests look at.
        }
        return received;
    }

    private static @Nullable IOException connect(
            SSLContext context, String host, @Nullable String nameCheck, int port)
            throws IOException {
        try (Socket plain = new Socket()) {
            plain.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
            plain.setSoTimeout(TIMEOUT_MS);
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm(nameCheck);
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                socket.getOutputStream().write('?');
                socket.getOutputStream().flush();
                return socket.getInputStream().read() == '!' ? null : new IOException("no answer");
            } catch (IOException e) {
                return e;
            }
        }
    }

    private static int await(CompletableFuture<Integer> received)
            throws InterruptedException, ExecutionException, TimeoutException {
        return received.get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
    }
}
