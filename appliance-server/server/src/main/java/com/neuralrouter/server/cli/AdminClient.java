package com.neuralrouter.server.cli;

import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.certs.trust.PinnedTrust;
import com.neuralrouter.certs.trust.TlsIdentity;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.Problem;
import com.neuralrouter.server.bootstrap.ApplianceConfig;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.bootstrap.SiteLock;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * Talks to the server that runs on a site's folder, through its admin API: mutual TLS with the
 * operator's key store, trusting the site's root certificate and nothing else. Throws {@link
 * CommandFailed}. For one thread.
 */
final class AdminClient implements AutoCloseable {
    private static final Duration TO_CONNECT = Duration.ofSeconds(15);
    private static final Duration TO_ANSWER = Duration.ofSeconds(60);
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final URI base;
    private final HttpClient client;

    private AdminClient(URI base, HttpClient client) {
        this.base = base;
        this.client = client;
    }

    /** What the server refused, as it said it. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Problem problem;

        Refused(Problem problem) {
            super(problem.detail(), null, false, false);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    /** For the server that runs on the folder; ends with exit code 3 if none does. */
    static AdminClient of(SiteFolder site) {
        return of(site, SiteOption.config(site));
    }

    /** The same, where the configuration was read before. */
    static AdminClient of(SiteFolder site, ApplianceConfig config) {
        try {
            SiteLock.Running running =
                    SiteLock.running(site)
                            .orElseThrow(() -> unreachable(Control.whyNotServing(site)));
            String host = reachable(config.listeners().admin().host());
            URI base = URI.create("https://" + host + ":" + running.adminPort());
            return new AdminClient(
                    base,
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .connectTimeout(TO_CONNECT)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .sslContext(context(site))
                            .build());
        } catch (IOException e) {
            throw new CommandFailed(
                    site.lock() + " can't be read; run the command as the appliance's user.");
        }
    }

    /** For a listener elsewhere. */
    static AdminClient to(URI base, SSLContext tls) {
        return new AdminClient(
                base,
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(TO_CONNECT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .sslContext(tls)
                        .build());
    }

    /** Where the admin listener is. */
    URI base() {
        return base;
    }

    <T> T get(String path, Class<T> answer) {
        return send(HttpRequest.newBuilder(base.resolve(path)).GET(), answer);
    }

    /** The things on a page that has all of them. */
    <T> List<T> items(String path, Class<T> item) {
        byte[] answer = send(HttpRequest.newBuilder(base.resolve(path)).GET());
        try {
            Page<T> page =
                    JSON.readValue(
                            answer,
                            JSON.getTypeFactory().constructParametricType(Page.class, item));
            return page.items();
        } catch (JacksonException e) {
            throw unlikeThisVersion();
        }
    }

    <T> T post(String path, Object body, Class<T> answer) {
        return send(posting(path, body), answer);
    }

    /** For a request without a body. */
    <T> T post(String path, Class<T> answer) {
        return send(
                HttpRequest.newBuilder(base.resolve(path)).POST(BodyPublishers.noBody()), answer);
    }

    /** For a request without an answer. */
    void post(String path, Object body) {
        send(posting(path, body));
    }

    private HttpRequest.Builder posting(String path, Object body) {
        return HttpRequest.newBuilder(base.resolve(path))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** A listener on all addresses is on the loopback one too, which is in every certificate. */
    static String reachable(String bound) {
        if (bound.equals("0.0.0.0") || bound.equals("::") || bound.equals("[::]")) {
            return "localhost";
        }
        return bound.contains(":") && !bound.startsWith("[") ? "[" + bound + "]" : bound;
    }

    private <T> T send(HttpRequest.Builder request, Class<T> type) {
        byte[] answer = send(request);
        try {
            return JSON.readValue(answer, type);
        } catch (JacksonException e) {
            throw unlikeThisVersion();
        }
    }

    private CommandFailed unlikeThisVersion() {
        return unreachable("What answers at " + base + " is not this version of the appliance.");
    }

    private byte[] send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response =
                    client.send(request.timeout(TO_ANSWER).build(), BodyHandlers.ofByteArray());
            if (response.statusCode() / 100 == 2) {
                return response.body();
            }
            throw new Refused(JSON.readValue(response.body(), Problem.class));
        } catch (JacksonException e) {
            throw unlikeThisVersion();
        } catch (SSLException e) {
            throw unreachable(
                    "The TLS handshake with "
                            + base
                            + " failed: the operator's certificate may have expired or been"
                            + " revoked, or the server's lacks this name; see 'neural-router"
                            + " doctor'.");
        } catch (IOException e) {
            throw unreachable(
                    "The server at " + base + " does not answer; see 'neural-router doctor'.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("Interrupted while waiting for " + base + ".");
        }
    }

    private static SSLContext context(SiteFolder site) throws IOException {
        TlsIdentity operator = operator(site);
        try {
            String root = Files.readString(site.rootCertificate());
            return PinnedTrust.ofRoot(Pem.certificate(root)).context(operator);
        } catch (NoSuchFileException e) {
            throw new CommandFailed("The file " + e.getFile() + " is missing from the site.");
        } catch (CertificateProblem e) {
            throw new CommandFailed("The site's root certificate can't be used: " + e.sentence());
        }
    }

    /** Who the commands on this machine are to the appliance. Throws {@link CommandFailed}. */
    static TlsIdentity operator(SiteFolder site) throws IOException {
        try {
            char[] password =
                    Files.readString(site.operatorPassword(), StandardCharsets.US_ASCII)
                            .strip()
                            .toCharArray();
            return TlsIdentity.ofPkcs12(Files.readAllBytes(site.operatorKeyStore()), password);
        } catch (NoSuchFileException e) {
            throw new CommandFailed("The file " + e.getFile() + " is missing from the site.");
        } catch (CertificateProblem e) {
            throw new CommandFailed("The operator's key store can't be used: " + e.getMessage());
        }
    }

    private static CommandFailed unreachable(String sentence) {
        return new CommandFailed(ExitCode.UNREACHABLE, sentence);
    }
}
