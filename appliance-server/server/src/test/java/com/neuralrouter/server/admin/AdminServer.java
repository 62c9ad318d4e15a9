package com.neuralrouter.server.admin;

import com.neuralrouter.certs.ca.ClientName;
import com.neuralrouter.certs.ca.ServerName;
import com.neuralrouter.certs.ca.SiteCertificateAuthority;
import com.neuralrouter.certs.csr.CertificateRequest;
import com.neuralrouter.certs.csr.DeviceKey;
import com.neuralrouter.certs.trust.PinnedTrust;
import com.neuralrouter.certs.trust.TlsIdentity;
import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.Role;

import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.webserver.WebServer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.SSLContext;

/** A real admin listener with mutual TLS on a port of its own, and a client for each role. */
public final class AdminServer implements AutoCloseable {
    private final SiteCertificateAuthority authority;
    private final TestSite site;
    private final WebServer server;
    private final Set<DeviceId> revoked = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<X509Certificate, AdminCaller> enrolled =
            new ConcurrentHashMap<>();

    public AdminServer(TestSite site, List<? extends AdminEndpoints> endpoints) {
        this.site = site;
        this.authority = SiteCertificateAuthority.create("test", site.clock).authority();
        TlsIdentity own = authority.issueServer(List.of(new ServerName("127.0.0.1")));
        AdminHttp http =
                AdminHttp.forAdministrators(
                        site.ids,
                        this::peer,
                        new RefusedCertificates(site.transactions, site.clock),
                        new Authorisation(site.transactions, site.clock));
        this.server =
                WebServer.builder()
                        .host("127.0.0.1")
                        .port(0)
                        .tls(
                                Tls.builder()
                                        .privateKey(own.key())
                                        .privateKeyCertChain(own.chain())
                                        .addTrust(authority.root())
                                        .clientAuth(TlsClientAuth.REQUIRED)
                                        .addEnabledProtocol("TLSv1.3")
                                        .build())
                        .routing(http.routing(endpoints))
                        .build()
                        .start();
    }

    private Optional<AdminCaller> peer(List<X509Certificate> chain, String address) {
        return Optional.ofNullable(enrolled.get(chain.getFirst()))
                .filter(caller -> !revoked.contains(caller.device()))
                .map(it -> new AdminCaller(it.device(), it.name(), it.role(), address));
    }

    /** A device that is enrolled with the role. */
    public Client client(Role role) {
        var device = new DeviceId(site.ids.next());
        DeviceKey key = DeviceKey.generate();
        TlsIdentity identity =
                key.with(
                        authority.issueClient(
                                CertificateRequest.read(CertificateRequest.of(key).pem()),
                                new ClientName("anna", site.ids.next(), device.value()),
                                Duration.ofDays(1)));
        enrolled.put(identity.leaf(), new AdminCaller(device, "anna", role, ""));
        SSLContext context = PinnedTrust.ofRoot(authority.root()).context(identity);
        return new Client(device, HttpClient.newBuilder().sslContext(context).build());
    }

    void revoke(Client client) {
        revoked.add(client.device);
    }

    @Override
    public void close() {
        server.stop();
    }

    /** Sends requests and keeps its connection. */
    public final class Client implements AutoCloseable {
        private final DeviceId device;
        private final HttpClient http;

        private Client(DeviceId device, HttpClient http) {
            this.device = device;
            this.http = http;
        }

        public HttpResponse<String> get(String path) throws IOException, InterruptedException {
            return send(request(path).GET());
        }

        HttpResponse<String> post(String path, String json)
                throws IOException, InterruptedException {
            return send(
                    request(path)
                            .header("content-type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(json)));
        }

        HttpResponse<String> delete(String path) throws IOException, InterruptedException {
            return send(request(path).DELETE());
        }

        HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + path));
        }

        HttpResponse<String> send(HttpRequest.Builder request)
                throws IOException, InterruptedException {
            return http.send(
                    request.timeout(Duration.ofSeconds(30)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }

        @Override
        public void close() {
            http.close();
        }
    }
}
