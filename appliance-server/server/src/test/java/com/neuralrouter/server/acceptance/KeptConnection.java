package com.neuralrouter.server.acceptance;

import com.neuralrouter.server.listener.RawClient;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import javax.net.ssl.SSLContext;

/**
 * One connection, on which a client sends one request after the other: it is never replaced by
 * another one, and a server that closes it is found out. For one thread.
 */
final class KeptConnection implements AutoCloseable {
    private final RawClient client;
    private final String headers;

    private KeptConnection(RawClient client, String headers) {
        this.client = client;
        this.headers = headers;
    }

    /** To the inference listener, with that API key. */
    static KeptConnection ofApp(RunningSite site, String key) throws IOException {
        return new KeptConnection(
                RawClient.tls(site.trust().context(), site.inferencePort()),
                "authorization: Bearer " + key + "\r\n");
    }

    /** To the admin listener, with a certificate that the context shows. */
    static KeptConnection ofAdministrator(SSLContext tls, int port) throws IOException {
        return new KeptConnection(RawClient.tls(tls, port), "");
    }

    /** With other headers from now on, on the same connection. */
    KeptConnection withKey(String key) {
        return new KeptConnection(client, "authorization: Bearer " + key + "\r\n");
    }

    /** An answer with a length. */
    record Answer(int status, String head, String body) {}

    Answer get(String path) throws IOException {
        return exchange("GET " + path + " HTTP/1.1\r\nhost: localhost\r\n" + headers + "\r\n", "");
    }

    Answer post(String path, String body) throws IOException {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return exchange(
                "POST "
                        + path
                        + " HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                        + "content-length: "
                        + length
                        + "\r\n"
                        + headers
                        + "\r\n",
                body);
    }

    private Answer exchange(String head, String body) throws IOException {
        client.send(head + body);
        String answer = client.receiveUntil("\r\n\r\n");
        int status = Integer.parseInt(answer.substring("HTTP/1.1 ".length(), 12));
        String length =
                answer.toLowerCase().replaceAll("(?s).*\r\ncontent-length: *([0-9]+)\r\n.*", "$1");
        byte[] bytes =
                client.socket().getInputStream().readNBytes(Integer.parseInt(length.strip()));
        return new Answer(status, answer, new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
