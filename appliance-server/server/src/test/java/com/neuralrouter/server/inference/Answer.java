package com.neuralrouter.server.inference;

import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.listener.RawClient;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One exchange with the gateway, as text. */
record Answer(int status, String head, String body) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    static Answer of(String text) {
        int end = text.indexOf("\r\n\r\n");
        return new Answer(
                Integer.parseInt(text.substring(9, 12)),
                text.substring(0, end + 2).toLowerCase(Locale.ROOT),
                text.substring(end + 4));
    }

    /** Sends it on a connection of its own. */
    static Answer to(Gateway gateway, String request) throws IOException {
        try (RawClient client = gateway.connect()) {
            return of(client.send(request).receiveAll());
        }
    }

    /** A chat request with the gateway's key, as its own last. */
    static Answer toChat(Gateway gateway, String body) throws IOException {
        return to(gateway, chat(gateway, "connection: close\r\n", body));
    }

    static String chat(Gateway gateway, String headers, String body) {
        return post(gateway, "/v1/chat/completions", headers, body);
    }

    /** The same to another path. */
    static String post(Gateway gateway, String path, String headers, String body) {
        return "POST "
                + path
                + " HTTP/1.1\r\nhost: localhost\r\n"
                + "content-type: "
                + RequestBodies.type(path)
                + "\r\n"
                + "authorization: Bearer "
                + gateway.key.text()
                + "\r\n"
                + headers
                + "content-length: "
                + body.getBytes(StandardCharsets.UTF_8).length
                + "\r\n\r\n"
                + body;
    }

    /** A body that asks for that model; {@code more} begins with a comma or is empty. */
    static String body(String model, String more) {
        return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]%s}"
                .formatted(model, more);
    }

    JsonNode json() {
        return MAPPER.readTree(body);
    }

    /** The id that the request was given. */
    RequestId request() {
        return head.lines()
                .filter(line -> line.startsWith("x-request-id:"))
                .map(line -> RequestId.of(line.substring(13).strip()))
                .findFirst()
                .orElseThrow();
    }

    String errorCode() {
        return json().at("/error/code").asString();
    }
}
