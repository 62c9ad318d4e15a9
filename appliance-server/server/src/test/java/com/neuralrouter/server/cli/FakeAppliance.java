package com.neuralrouter.server.cli;

import com.neuralrouter.certs.ca.ClientName;
import com.neuralrouter.certs.ca.KeyLock;
import com.neuralrouter.certs.ca.ServerName;
import com.neuralrouter.certs.trust.PinnedTrust;
import com.neuralrouter.certs.trust.TlsIdentity;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.bootstrap.SiteLock;
import com.neuralrouter.server.certificate.SiteCertificates;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** An admin listener with a site folder's real certificates, and answers that a test chose. */
final class FakeAppliance implements AutoCloseable {
    private final SiteFolder site;
    private final SiteLock lock;
    private final HttpsServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private record Answer(int status, String body) {}

    FakeAppliance(Path folder) throws Exception {
        site = new SiteFolder(folder);
        Files.writeString(site.config(), "name: fake\n");
        var certificates =
                new SiteCertificates(site.certs(), KeyLock.ofKey(new byte[32]), Clock.systemUTC());
        certificates.create("fake", List.of(new ServerName("localhost")));
        certificates.createOperator(
                new ClientName("operator", UUID.randomUUID(), UUID.randomUUID()),
                site.operatorKeyStore(),
                site.operatorPassword());
        server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setHttpsConfigurator(clientsWanted(certificates));
        server.createContext("/", this::answer);
        server.start();
        int port = server.getAddress().getPort();
        lock = SiteLock.take(site).orElseThrow();
        lock.announce(new SiteLock.Running(ProcessHandle.current().pid(), 1, port, 2));
    }

    /** What it answers from now on; the request line's target includes the query. */
    FakeAppliance answers(String request, int status, String body) {
        answers.put(request, new Answer(status, body));
        return this;
    }

    /** Forgets requests and answers. */
    FakeAppliance forget() {
        answers.clear();
        requests.clear();
        return this;
    }

    /** Each request's line and body, in order. */
    List<String> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        lock.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        byte[] body = exchange.getRequestBody().readAllBytes();
        requests.add(request + " " + new String(body, StandardCharsets.UTF_8));
        Answer answer = answers.getOrDefault(request, new Answer(404, "not json"));
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static HttpsConfigurator clientsWanted(SiteCertificates certificates) throws Exception {
        TlsIdentity admin = certificates.load().admin();
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(
                admin.keyManagers(),
                new TrustManager[] {PinnedTrust.ofClients(certificates.load().clientRoot())},
                null);
        return new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = context.getDefaultSSLParameters();
                tls.setNeedClientAuth(true);
                parameters.setSSLParameters(tls);
            }
        };
    }
}
