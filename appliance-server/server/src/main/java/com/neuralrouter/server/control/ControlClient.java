package com.neuralrouter.server.control;

import com.neuralrouter.server.secret.SecretBytes;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/**
 * Sends one request after another to a control socket. Every method throws {@link IOException} if
 * there is no server behind the socket, or none that answers within two minutes.
 */
public final class ControlClient {
    private static final Duration TO_ANSWER = Duration.ofMinutes(2);
    private static final int LARGEST = 64 << 10;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path file;

    public ControlClient(Path file) {
        this.file = file;
    }

    /** What the server refused, as it said it. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int status;

        Refused(int status, String sentence) {
            super(sentence, null, false, false);
            this.status = status;
        }

        /** The status of HTTP. */
        public int status() {
            return status;
        }
    }

    /** The facts at a path. */
    public JsonNode get(String path) throws IOException {
        try (var nothing = SecretBytes.owning(new byte[0]);
                ControlAnswer answer = send("GET", path, Map.of(), nothing)) {
            return json(answer);
        }
    }

    /** The facts that a posted secret was answered with. Throws {@link Refused}. */
    public JsonNode post(String path, Map<String, String> query, SecretBytes body)
            throws IOException {
        try (ControlAnswer answer = send("POST", path, query, body)) {
            return json(answer);
        }
    }

    /** The answer itself, which the caller closes. Throws {@link Refused}. */
    public ControlAnswer send(
            String method, String path, Map<String, String> query, SecretBytes body)
            throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(file));
                var _ = ControlDeadline.on(channel, TO_ANSWER)) {
            String target = query.isEmpty() ? path : path + "?" + ControlMessage.query(query);
            ControlMessage.write(
                    channel,
                    method + " " + target + " HTTP/1.1",
                    Map.of("Host", "control", "Content-Type", "application/octet-stream"),
                    body);
            ControlMessage message = ControlMessage.read(channel, LARGEST);
            String[] first = message.first().split(" ", 3);
            if (first.length < 2 || !first[1].matches("[0-9]{3}")) {
                message.body().close();
                throw new IOException("what answers is not a control socket");
            }
            var answer =
                    new ControlAnswer(
                            Integer.parseInt(first[1]),
                            message.fields().getOrDefault("content-type", ""),
                            message.body());
            if (answer.status() != 200) {
                try (answer) {
                    String detail = json(answer).path("detail").asString("");
                    throw new Refused(answer.status(), detail);
                }
            }
            return answer;
        }
    }

    private static JsonNode json(ControlAnswer answer) throws IOException {
        byte[] bytes = answer.body().copy();
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException _) {
            throw new IOException("what answers is not a control socket");
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
