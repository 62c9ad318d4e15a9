package com.neuralrouter.desktop.client;

import com.neuralrouter.contract.Problem;

import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

/**
 * Sends JSON to one address and reads JSON back, telling apart everything that can go wrong. Used
 * by the admin client and by enrolment; safe for all threads. HTTP/1.1, TLS with the name check.
 */
public final class JsonExchange implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    // A newer appliance may say more than this version knows.
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private final Address address;
    private final HttpClient http;
    private final ChangeGate gate;

    /** To that address, with that context's certificate and trust; nothing stops changes. */
    public JsonExchange(Address address, SSLContext tls) {
        this(address, tls, new ChangeGate());
    }

    /**
     * As the other, with a gate that can stop whatever is not {@link #get}, {@link #ask} or {@link
     * #tell}.
     */
    public JsonExchange(Address address, SSLContext tls, ChangeGate gate) {
        this.address = address;
        this.gate = gate;
        http =
                HttpClient.newBuilder()
                        .sslContext(tls)
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    /** Reads. */
    public <T> Answer<T> get(String path, TypeReference<T> type) {
        return send(request(path).GET().build(), type);
    }

    /** Sends a body. */
    public <T> Answer<T> post(String path, Object body, TypeReference<T> type) {
        return change(() -> send(posting(path, body), type));
    }

    /** Sends a body to which nothing is answered but that it was done; answers {@code true}. */
    public Answer<Boolean> post(String path, Object body) {
        return change(() -> tell(path, body));
    }

    /** Asks for something to be done that needs no body. */
    public <T> Answer<T> post(String path, TypeReference<T> type) {
        return change(() -> send(request(path).POST(BodyPublishers.noBody()).build(), type));
    }

    /** Asks something with a body; nothing is changed by that. */
    public <T> Answer<T> ask(String path, Object body, TypeReference<T> type) {
        return send(posting(path, body), type);
    }

    /** Removes; answers {@code true}. */
    public Answer<Boolean> delete(String path) {
        return change(() -> exchange(request(path).DELETE().build()).map(_ -> true));
    }

    /** Sends what changes nothing but what is known of us; answers {@code true}. */
    public Answer<Boolean> tell(String path, Object body) {
        return exchange(posting(path, body)).map(_ -> true);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private <T> Answer<T> change(Supplier<Answer<T>> call) {
        return gate.isShut() ? new Answer.Refused<>(new Trouble.ChangesStopped()) : call.get();
    }

    private HttpRequest posting(String path, Object body) {
        return request(path)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://" + address + path))
                .timeout(ANSWER)
                .header("accept", "application/json, application/problem+json");
    }

    private <T> Answer<T> send(HttpRequest request, TypeReference<T> type) {
        return switch (exchange(request)) {
            case Answer.Refused<String>(Trouble trouble) -> new Answer.Refused<>(trouble);
            case Answer.Ok<String>(String body) -> read(body, type);
        };
    }

    private Answer<String> exchange(HttpRequest request) {
        try {
            var response = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
            return response.statusCode() / 100 == 2
                    ? new Answer.Ok<>(response.body())
                    : new Answer.Refused<>(refusal(response));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Refused<>(new Trouble.Cancelled());
        } catch (HttpTimeoutException e) {
            return new Answer.Refused<>(timedOut(e));
        } catch (IOException e) {
            return new Answer.Refused<>(Failures.of(e, address));
        }
    }

    private Trouble timedOut(HttpTimeoutException e) {
        // A connect timeout means that nobody is there; the other kind, that somebody is slow.
        return e instanceof java.net.http.HttpConnectTimeoutException
                ? new Trouble.Unreachable(address.toString(), "no connection in time")
                : new Trouble.TimedOut(address.toString(), ANSWER.toSeconds());
    }

    private Trouble refusal(HttpResponse<String> response) {
        try {
            return new Trouble.ByAppliance(JSON.readValue(response.body(), Problem.class));
        } catch (JacksonException e) {
            return notUnderstood("status " + response.statusCode() + " without a problem");
        }
    }

    private <T> Answer<T> read(String body, TypeReference<T> type) {
        try {
            T value = JSON.readValue(body, type);
            return value == null
                    ? new Answer.Refused<>(notUnderstood("empty answer"))
                    : new Answer.Ok<>(value);
        } catch (JacksonException e) {
            // The mapper's message may quote the answer, which may carry a secret.
            return new Answer.Refused<>(notUnderstood(e.getClass().getSimpleName()));
        }
    }

    private Trouble notUnderstood(String reason) {
        return new Trouble.NotUnderstood(address.toString(), reason);
    }
}
