package com.neuralrouter.server.audit.forward;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

import javax.net.ssl.SSLContext;

/** An OTLP/HTTP receiver that answers as a test wants it to. */
final class OtlpSink implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    final Received received = new Received();

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Function<Integer, Answer> answers;

    /**
     * What it does with a request.
     *
     * @param status 0 for breaking off the connection
     * @param keeps whether it keeps the records
     */
    record Answer(int status, Map<String, String> headers, String body, boolean keeps) {
        static final Answer TAKEN = new Answer(200, Map.of(), "{}", true);

        static Answer refused(int status) {
            return new Answer(status, Map.of(), "{\"message\":\"no\"}", false);
        }

        static Answer said(String body, boolean keeps) {
            return new Answer(200, Map.of(), body, keeps);
        }
    }

    /**
     * @param answers by the number of the request, from 0
     */
    OtlpSink(SSLContext context, Function<Integer, Answer> answers) throws IOException {
        this.answers = answers;
        this.server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/v1/logs", this::take);
        server.setExecutor(threads);
        server.start();
    }

    URI uri() {
        return URI.create("https://127.0.0.1:%d/v1/logs".formatted(server.getAddress().getPort()));
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
            Answer answer = answers.apply(requests.size());
            requests.add(request);
            if (answer.keeps()) {
                keep(request);
            }
            if (answer.status() == 0) {
                return;
            }
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void keep(JsonNode request) {
        for (JsonNode record : records(request)) {
            JsonNode sequence = record.path("attributes").path(0);
            received.add(
                    Long.parseLong(sequence.path("value").path("intValue").stringValue()),
                    record.path("body")
                            .path("stringValue")
                            .stringValue()
                            .getBytes(StandardCharsets.UTF_8));
        }
    }

    static JsonNode records(JsonNode request) {
        return request.path("resourceLogs").path(0).path("scopeLogs").path(0).path("logRecords");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
