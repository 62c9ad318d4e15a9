package com.neuralrouter.server.acceptance;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import javax.net.ssl.SSLContext;

/** An app with an API key, that keeps its connections alive. Safe for all threads. */
final class App implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String base;
    private final String key;
    private final HttpClient client;

    App(String base, String key, SSLContext tls) {
        this.base = base;
        this.key = key;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(PATIENCE)
                        .sslContext(tls)
                        .build();
    }

    /** An answer as it came. */
    record Answer(int status, String requestId, String body) {
        JsonNode json() {
            return JSON.readTree(body);
        }

        /** What a chat completion says, or a stream of one in all of its pieces. */
        String content() {
            if (!body.startsWith("data: ")) {
                return json().at("/choices/0/message/content").asString("");
            }
            var said = new StringBuilder();
            body.lines()
                    .filter(line -> line.startsWith("data: {"))
                    .map(line -> JSON.readTree(line.substring("data: ".length())))
                    .forEach(chunk ->
                            said.append(chunk.at("/choices/0/delta/content").asString("")));
            return said.toString();
        }
    }

    static String chat(String model, String prompt) {
        return chat(model, prompt, false);
    }

    static String stream(String model, String prompt) {
        return chat(model, prompt, true);
    }

    private static String chat(String model, String prompt, boolean stream) {
        var body = JSON.createObjectNode();
        body.put("model", model);
        body.putArray("messages").addObject().put("role", "user").put("content", prompt);
        if (stream) {
            body.put("stream", true);
        }
        return body.toString();
    }

    Answer ask(String body) throws IOException {
        HttpResponse<String> response = send(body, BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("x-request-id").orElse(""),
                response.body());
    }

    /** For who wants the answer in another form. */
    <T> HttpResponse<T> send(String body, HttpResponse.BodyHandler<T> handler) throws IOException {
        return send("/v1/chat/completions", body, handler);
    }

    /** The same of another operation. */
    <T> HttpResponse<T> send(String path, String body, HttpResponse.BodyHandler<T> handler)
            throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(PATIENCE)
                        .header("authorization", "Bearer " + key)
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build();
        try {
            return client.send(request, handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
