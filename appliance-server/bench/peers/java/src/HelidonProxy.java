import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webclient.api.WebClient;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The smallest Helidon SE gateway: TLS, key check, model and stream from the body, pass-through.
 * -Dclient=webclient|jdk|raw
 */
final class HelidonProxy {
    interface Upstream {
        void exchange(byte[] body, Common.Call call, ServerResponse res) throws Exception;
    }

    static void main() throws Exception {
        Upstream up =
                switch (System.getProperty("client", "webclient")) {
                    case "jdk" -> jdk();
                    case "raw" -> new RawUpstream()::exchange;
                    default -> webClient();
                };
        var b =
                WebServer.builder()
                        .host("127.0.0.1")
                        .port(Common.PORT)
                        .maxTcpConnections(-1)
                        .backlog(4096)
                        .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                        .writeQueueLength(Integer.getInteger("wq", 0))
                        .useNio(!Boolean.getBoolean("oldio"))
                        .addProtocol(
                                Http1Config.builder()
                                        .sendLog(!Boolean.getBoolean("lean"))
                                        .receiveLog(!Boolean.getBoolean("lean"))
                                        .validatePath(!Boolean.getBoolean("lean"))
                                        .validatePrologue(!Boolean.getBoolean("lean"))
                                        .build())
                        .routing(r ->
                                r.post("/v1/chat/completions", (req, res) -> handle(up, req, res)));
        if (!Boolean.getBoolean("plain"))
            b.tls(Tls.builder().sslContext(Common.sslContext()).build());
        b.build().start();
    }

    private static void handle(Upstream up, ServerRequest req, ServerResponse res)
            throws Exception {
        if (Common.caller(req.headers().first(HeaderNames.AUTHORIZATION).orElse(null)) == null) {
            res.status(Status.UNAUTHORIZED_401).send();
            return;
        }
        byte[] body = body(req);
        var call = Common.Call.scan(body, body.length);
        if (call.model() == null) {
            res.status(Status.BAD_REQUEST_400).send();
            return;
        }
        up.exchange(body, call, res);
    }

    /** The body in one array of the right size: no growing, no copy. */
    private static byte[] body(ServerRequest req) throws Exception {
        long n = req.headers().contentLength().orElse(-1);
        if (n < 0 || n > 16 << 20 || Boolean.getBoolean("slowbody"))
            return req.content().as(byte[].class);
        byte[] b = new byte[(int) n];
        try (var in = req.content().inputStream()) {
            for (int at = 0, k; at < n && (k = in.read(b, at, (int) n - at)) > 0; ) at += k;
        }
        return b;
    }

    /** Copies a stream so that every read is on the wire at once. */
    static void pump(InputStream in, OutputStream out) throws Exception {
        byte[] buf = new byte[8192];
        for (int n; (n = in.read(buf)) > 0; ) {
            out.write(buf, 0, n);
            out.flush();
        }
    }

    private static Upstream webClient() {
        var c =
                WebClient.builder()
                        .baseUri("http://127.0.0.1:" + Common.UP_PORT)
                        .keepAlive(true)
                        .connectionCacheSize(2048)
                        .build();
        return (body, call, res) -> {
            try (var r =
                    c.post("/v1/chat/completions")
                            .header(HeaderNames.CONTENT_TYPE, "application/json")
                            .header(HeaderNames.AUTHORIZATION, Common.UP_AUTH)
                            .submit(body)) {
                res.status(r.status());
                r.headers()
                        .contentType()
                        .ifPresent(t -> res.header(HeaderNames.CONTENT_TYPE, t.text()));
                if (!call.stream()) {
                    res.send(r.entity().as(byte[].class));
                    return;
                }
                try (var in = r.inputStream();
                        var out = res.outputStream()) {
                    pump(in, out);
                }
            }
        };
    }

    private static Upstream jdk() {
        var c =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(5))
                        .build();
        var uri = URI.create("http://127.0.0.1:" + Common.UP_PORT + "/v1/chat/completions");
        return (body, call, res) -> {
            var q =
                    HttpRequest.newBuilder(uri)
                            .header("content-type", "application/json")
                            .header("authorization", Common.UP_AUTH)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build();
            if (!call.stream()) {
                var r = c.send(q, HttpResponse.BodyHandlers.ofByteArray());
                res.status(r.statusCode());
                r.headers()
                        .firstValue("content-type")
                        .ifPresent(t -> res.header(HeaderNames.CONTENT_TYPE, t));
                res.send(r.body());
                return;
            }
            var r = c.send(q, HttpResponse.BodyHandlers.ofInputStream());
            res.status(r.statusCode());
            r.headers()
                    .firstValue("content-type")
                    .ifPresent(t -> res.header(HeaderNames.CONTENT_TYPE, t));
            try (var in = r.body();
                    var out = res.outputStream()) {
                pump(in, out);
            }
        };
    }

    static final byte[] UP_HEAD =
            ("POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1:"
                            + Common.UP_PORT
                            + "\r\ncontent-type: application/json\r\nauthorization: "
                            + Common.UP_AUTH
                            + "\r\ncontent-length: ")
                    .getBytes(StandardCharsets.ISO_8859_1);
}
