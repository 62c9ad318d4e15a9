package com.neuralrouter.desktop.support;

import com.neuralrouter.certs.ca.ClientName;
import com.neuralrouter.certs.ca.ServerName;
import com.neuralrouter.certs.ca.SiteCertificateAuthority;
import com.neuralrouter.certs.csr.CertificateRequest;
import com.neuralrouter.certs.csr.DeviceKey;
import com.neuralrouter.certs.trust.Fingerprints;
import com.neuralrouter.certs.trust.PinnedTrust;
import com.neuralrouter.certs.trust.TlsIdentity;
import com.neuralrouter.desktop.client.Address;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** A site's certificates and HTTPS servers on loopback, with real handshakes. */
public final class TlsSite implements AutoCloseable {
    private final SiteCertificateAuthority authority;
    private final List<HttpsServer> servers = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** {@code METHOD path} of every request that got through the handshake. */
    public final List<String> requests = new CopyOnWriteArrayList<>();

    public TlsSite() {
        authority = SiteCertificateAuthority.create("Test Bank", Clock.systemUTC()).authority();
    }

    public X509Certificate root() {
        return authority.root();
    }

    /** What an enrolment code carries of the root. */
    public byte[] pin() {
        return Fingerprints.pin(root());
    }

    /** A device's identity, good for so long from now. */
    public TlsIdentity device(Duration validity) {
        var key = DeviceKey.generate();
        return key.with(sign(CertificateRequest.of(key), validity));
    }

    /** Certifies a request as the enrolment listener does. */
    public List<X509Certificate> sign(CertificateRequest request, Duration validity) {
        var name = new ClientName("Ana Ruiz", new UUID(1, 2), new UUID(3, 4));
        return authority.issueClient(request, name, validity);
    }

    /** A server that demands a certificate of this site. */
    public Address adminServer(HttpHandler handler, String... names) {
        return start(true, handler, authority.issueServer(names(names)));
    }

    /** A server that demands none and sends its root too, as the enrolment listener does. */
    public Address enrolmentServer(HttpHandler handler) {
        var leaf = authority.issueServer(names("localhost", "127.0.0.1"));
        var chain = new ArrayList<>(leaf.chain());
        chain.add(root());
        return start(false, handler, new TlsIdentity(leaf.key(), chain));
    }

    /** A handler that answers this. */
    public static HttpHandler answering(int status, String body) {
        return exchange -> answer(exchange, status, body);
    }

    /** Answers one exchange. */
    public static void answer(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }

    private Address start(boolean wantsCertificate, HttpHandler handler, TlsIdentity identity) {
        try {
            var context = SSLContext.getInstance("TLSv1.3");
            context.init(
                    identity.keyManagers(),
                    new TrustManager[] {PinnedTrust.ofClients(root())},
                    null);
            var server =
                    HttpsServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(
                    new HttpsConfigurator(context) {
                        @Override
                        public void configure(HttpsParameters parameters) {
                            SSLParameters tls = context.getDefaultSSLParameters();
                            tls.setNeedClientAuth(wantsCertificate);
                            parameters.setSSLParameters(tls);
                        }
                    });
            server.createContext(
                    "/",
                    exchange -> {
                        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                        handler.handle(exchange);
                    });
            server.setExecutor(threads);
            server.start();
            servers.add(server);
            return new Address("localhost", server.getAddress().getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ServerName> names(String... names) {
        return List.of(names).stream().map(ServerName::new).toList();
    }
}
