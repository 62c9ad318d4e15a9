package com.neuralrouter.server.acceptance;

import com.neuralrouter.contract.ApiKeyDocument;
import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.UpstreamDocument;
import com.neuralrouter.contract.SiteDocument.WorkspaceDocument;
import com.neuralrouter.server.provider.FakeUpstream;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.SSLContext;

/**
 * Requests whose content has a canary in it, in several encodings, over every path that a request
 * can take: answered whole and in streams, in each of the formats, refused, failed, echoed by the
 * provider's errors, cut off by either side. Its provider says the canary too.
 */
final class CanaryTraffic implements AutoCloseable {
    static final String MODEL = "small-chat";
    static final String DENIED = "denied-chat";
    private static final String SOUNDS = "/v1/audio/transcriptions";
    static final String DEAD = "dead-chat";
    static final String FAILOVER = "failover-chat";
    static final String WORKSPACE = "research";

    /** ASCII only, so that it is the same in what traces print. */
    static final String CANARY = "CANARY-7Qw2Zp9Lk4-of-nobody";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final FakeUpstream upstream;
    private final HttpClient client;
    private final String base;
    private final String key;
    private int sent;

    CanaryTraffic(FakeUpstream upstream, SSLContext tls, int port, String key) {
        this.upstream = upstream;
        this.base = "https://localhost:" + port;
        this.key = key;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(tls)
                        .build();
    }

    /** What to look for, by the name of the form. */
    static Map<String, String> wanted() {
        return Map.of("canary", CANARY, "escaped canary", escaped(CANARY));
    }

    /** A site with a workspace, whose policy denies one model, and routes for the paths. */
    static SiteDocument document(FakeUpstream upstream) {
        return document(upstream, new PolicyDocument(null, List.of(DENIED), null, null, null));
    }

    /** The same with another policy of its workspace. */
    static SiteDocument document(FakeUpstream upstream, PolicyDocument policy) {
        var working =
                new ProviderDocument(
                        "upstream",
                        ProviderKind.OPENAI,
                        upstream.baseUrl().toString(),
                        Authentication.NONE,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(Operation.TRANSCRIPTIONS),
                        null,
                        null);
        var dead =
                new ProviderDocument(
                        "dead",
                        ProviderKind.OPENAI,
                        "http://127.0.0.1:9/v1",
                        Authentication.NONE,
                        null);
        return new SiteDocument(
                SiteDocument.API_VERSION,
                null,
                List.of(working, dead),
                List.of(
                        new WorkspaceDocument(
                                WORKSPACE,
                                null,
                                null,
                                policy,
                                List.of(),
                                List.of(new ApiKeyDocument("app", null, null)))),
                List.of(
                        route(MODEL, "upstream"),
                        route(DENIED, "upstream"),
                        route(DEAD, "dead"),
                        route(FAILOVER, "dead", "upstream")));
    }

    private static RouteDocument route(String model, String... providers) {
        return new RouteDocument(
                model,
                model,
                List.of(WORKSPACE),
                List.of(providers).stream().map(one -> new UpstreamDocument(one, MODEL)).toList());
    }

    /** How many requests were sent. */
    int sent() {
        return sent;
    }

    /** The canary as somebody may have written it into a prompt. */
    static Map<String, String> forms() {
        var forms = new LinkedHashMap<String, String>();
        forms.put("plain", JSON.writeValueAsString("say: " + CANARY));
        forms.put("JSON escapes", "\"" + escaped(CANARY) + "\"");
        forms.put("base64", JSON.writeValueAsString(base64(CANARY)));
        forms.put(
                "percent",
                JSON.writeValueAsString(URLEncoder.encode("<" + CANARY, StandardCharsets.UTF_8)));
        forms.put("UTF-16", JSON.writeValueAsString(String.join("\0", CANARY.split(""))));
        return forms;
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
        return escaped.toString();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Every path once, for each form of the canary. */
    void everyPath() throws IOException, InterruptedException {
        for (String form : forms().values()) {
            answered(form);
            transcribed(form);
            refused(form);
            failed(form);
            cutOff(form);
        }
    }

    private static String chat(String model, String content, String more) {
        return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":%s}]%s}"
                .formatted(model, content, more);
    }

    private void answered(String form) throws IOException, InterruptedException {
        upstream.always(Completions.asAsked(MODEL, "It is ", CANARY, ", " + base64(CANARY)));
        ask(chat(MODEL, form, ""));
        ask(chat(MODEL, form, ",\"user\":" + form));
        ask(chat(MODEL, form, ",\"stream\":true"));
        ask(chat(FAILOVER, form, ""));
        ask(chat(FAILOVER, form, ",\"stream\":true"));
        send("/v1/messages", "{\"max_tokens\":9," + chat(MODEL, form, "").substring(1), key);
        send(
                "/v1/messages",
                "{\"max_tokens\":9,\"stream\":true," + chat(MODEL, form, "").substring(1),
                key);
        send("/v1/responses", "{\"model\":\"%s\",\"input\":%s}".formatted(MODEL, form), key);
        send("/v1/embeddings", "{\"model\":\"%s\",\"input\":%s}".formatted(MODEL, form), key);
    }

    /** The canary is in the sound, in its name, in a field beside it, and in what was heard. */
    private void transcribed(String form) throws IOException, InterruptedException {
        String field = "--b\r\ncontent-disposition: form-data; name=\"";
        String file =
                field
                        + "file\"; filename=\"%s.wav\"\r\n\r\nRIFF%s\r\n".formatted(CANARY, form)
                        + field
                        + "prompt\"\r\n\r\n"
                        + form
                        + "\r\n";
        String model = field + "model\"\r\n\r\n" + MODEL + "\r\n";
        String stream = field + "stream\"\r\n\r\ntrue\r\n";
        upstream.always(FakeUpstream.json("{\"text\":" + form + "}"));
        send(SOUNDS, file + model + "--b--", key);
        send(SOUNDS, file + model + model + "--b--", key);
        send(SOUNDS, file + field + CANARY + "\"\r\n\r\nx\r\n" + model + "--b--", key);
        send(SOUNDS, file + model, key);
        upstream.always(
                FakeUpstream.events(
                        "{\"type\":\"transcript.text.delta\",\"delta\":%s}".formatted(form)));
        send(SOUNDS, file + model + stream + "--b--", key);
    }

    private void refused(String form) throws IOException, InterruptedException {
        ask(chat(DENIED, form, ""));
        ask(chat(CANARY, form, ""));
        ask("{\"model\":" + form);
        ask("{\"" + CANARY + "\":1,\"" + CANARY + "\":2}");
        ask("{\"model\":{" + form + ":1}}");
        ask(chat(MODEL, "[" + form + "]", ""));
        ask(chat(MODEL, form, ",\"temperature\":" + form));
        ask(chat(MODEL, form, ",\"tools\":[{\"type\":" + form + "}]"));
        ask(chat(MODEL, form, "") + CANARY);
        send("/v1/chat/completions?q=" + CANARY, chat(MODEL, form, ""), key);
        send("/v1/" + CANARY, chat(MODEL, form, ""), key);
        send("/v1/chat/completions", chat(MODEL, form, ""), "nr_" + CANARY);
        send("/v1/messages", chat(MODEL, form, ""), key);
    }

    /** Providers repeat in their errors what they were sent. */
    private void failed(String form) throws IOException, InterruptedException {
        String echo = "{\"error\":{\"message\":%s,\"code\":\"%s\"}}".formatted(form, CANARY);
        for (int status : List.of(400, 401, 404, 429, 500, 503)) {
            upstream.always(FakeUpstream.status(status, "content-type: application/json", echo));
            ask(chat(MODEL, form, ""));
            ask(chat(MODEL, form, ",\"stream\":true"));
        }
        upstream.always(FakeUpstream.status(200, "content-type: " + CANARY, echo));
        ask(chat(MODEL, form, ""));
        upstream.always(exchange -> exchange.write("HTTP/9 " + CANARY + "\r\n\r\n"));
        ask(chat(MODEL, form, ""));
        upstream.always(FakeUpstream.json("{\"choices\":\"" + CANARY));
        ask(chat(MODEL, form, ""));
        send("/v1/messages", "{\"max_tokens\":9," + chat(MODEL, form, "").substring(1), key);
        upstream.always(
                FakeUpstream.events(
                        Completions.chunk(MODEL, "{\"content\":" + form + "}", "null"), echo));
        ask(chat(MODEL, form, ",\"stream\":true"));
        ask(chat(DEAD, form, ""));
    }

    private void cutOff(String form) throws IOException, InterruptedException {
        upstream.always(FakeUpstream.Exchange::reset);
        ask(chat(MODEL, form, ""));
        upstream.always(exchange -> {
            exchange.write(
                    "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
                            + "transfer-encoding: chunked\r\n\r\n");
            exchange.chunk(
                    "data: "
                            + Completions.chunk(MODEL, "{\"content\":" + form + "}", "null")
                            + "\n\ndata: {\"half\":\""
                            + CANARY);
            exchange.reset();
        });
        ask(chat(MODEL, form, ",\"stream\":true"));
        upstream.always(FakeUpstream.hang());
        ask(chat(MODEL, form, ""));
        CompletableFuture<?> left = begin(chat(MODEL, form, ",\"stream\":true"));
        left.cancel(true);
    }

    /** A request of which nobody waits for the answer. */
    CompletableFuture<?> begin(String body) {
        sent++;
        return client.sendAsync(
                request("/v1/chat/completions", body, key), BodyHandlers.ofString());
    }

    /** One that a provider does not answer, as it is when the server is killed. */
    CompletableFuture<?> beginHanging() {
        upstream.always(FakeUpstream.hang());
        return begin(chat(MODEL, forms().get("plain"), ""));
    }

    private void ask(String body) throws IOException, InterruptedException {
        send("/v1/chat/completions", body, key);
    }

    private void send(String path, String body, String credential)
            throws IOException, InterruptedException {
        sent++;
        try {
            client.send(request(path, body, credential), BodyHandlers.ofByteArray());
        } catch (IOException cut) {
            // A stream that the provider broke ends like that; what was left behind counts.
        }
    }

    private HttpRequest request(String path, String body, String credential) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .header("authorization", "Bearer " + credential)
                .header(
                        "content-type",
                        path.equals(SOUNDS)
                                ? "multipart/form-data; boundary=b"
                                : "application/json")
                .header("x-note", CANARY)
                .header("user-agent", CANARY)
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    /** What a request beyond the limit is answered, and that it leaves nothing. */
    void tooLarge() throws IOException, InterruptedException {
        ask(chat(MODEL, JSON.writeValueAsString(CANARY.repeat(100_000)), ""));
    }

    /** The names of the forms, for what is printed. */
    static List<String> names() {
        return new ArrayList<>(forms().keySet());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
