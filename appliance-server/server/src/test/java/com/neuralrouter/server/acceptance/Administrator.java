package com.neuralrouter.server.acceptance;

import com.neuralrouter.certs.trust.TlsIdentity;
import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.AppliedSite;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.server.bootstrap.SiteFolder;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLContext;

/** Somebody who administers a site through its admin listener, over mutual TLS. */
final class Administrator implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String base;
    private final HttpClient client;

    Administrator(SSLContext tls, int port) {
        this.base = "https://localhost:" + port;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(PATIENCE)
                        .sslContext(tls)
                        .build();
    }

    /** The one whom {@code init} made. */
    static Administrator operatorOf(SiteFolder site, int port) throws IOException {
        return new Administrator(SiteTrust.of(site).contextShowing(operatorIdentity(site)), port);
    }

    static TlsIdentity operatorIdentity(SiteFolder site) throws IOException {
        char[] password =
                Files.readString(site.operatorPassword(), StandardCharsets.US_ASCII).toCharArray();
        return TlsIdentity.ofPkcs12(Files.readAllBytes(site.operatorKeyStore()), password);
    }

    AppliedSite apply(SiteDocument document) throws IOException {
        return post(AdminApi.SITE_APPLY, document, AppliedSite.class);
    }

    /** What is no JSON. */
    String text(String path) throws IOException {
        return new String(demandSuccess(send(request(path).GET())), StandardCharsets.UTF_8);
    }

    <T> T get(String path, Class<T> type) throws IOException {
        return read(send(request(path).GET()), type);
    }

    <T> T post(String path, Object body, Class<T> type) throws IOException {
        return read(send(postRequest(path, body)), type);
    }

    /** With an empty body, as for a revocation. */
    <T> T post(String path, Class<T> type) throws IOException {
        return read(send(request(path).POST(BodyPublishers.noBody())), type);
    }

    /** For a request that is to be refused. */
    int statusOfPost(String path, Object body) throws IOException {
        return send(postRequest(path, body)).statusCode();
    }

    /** A whole list, page by page. */
    <T> List<T> all(String path, Class<T> item) throws IOException {
        var pageType = JSON.getTypeFactory().constructParametricType(Page.class, item);
        var items = new ArrayList<T>();
        String query = "?limit=" + AdminApi.MAX_LIMIT;
        String next = "";
        while (next != null) {
            String cursor = next.isEmpty() ? "" : "&cursor=" + next;
            Page<T> page =
                    JSON.readValue(
                            demandSuccess(send(request(path + query + cursor).GET())), pageType);
            items.addAll(page.items());
            next = page.nextCursor();
        }
        return items;
    }

    private HttpRequest.Builder postRequest(String path, Object body) {
        return request(path)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private static <T> T read(HttpResponse<byte[]> response, Class<T> type) {
        return JSON.readValue(demandSuccess(response), type);
    }

    private static byte[] demandSuccess(HttpResponse<byte[]> response) {
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError(
                    response.request().uri().getPath()
                            + " answers "
                            + response.statusCode()
                            + ": "
                            + new String(response.body(), StandardCharsets.UTF_8));
        }
        return response.body();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
