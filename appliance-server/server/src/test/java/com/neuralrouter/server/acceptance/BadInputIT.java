package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.CreateApiKey;
import com.neuralrouter.contract.CreatedApiKey;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.listener.RawClient;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whatever a client sends that can't be served is answered with OpenAI's error object: the right
 * status, the field, what to do, and the request's id, the same in header and message. What the
 * client sent is not repeated, and a good request after it is served.
 */
class BadInputIT {
    private static final String MODEL = "small-chat";
    private static final String CANARY = "canary-4711";
    private static final String CHAT = "/v1/chat/completions";
    private static final String JSON_TYPE = "content-type: application/json\r\n";
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]";
    private static final int FIFTY_MB = 50 << 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir private static Path folder;
    private static RunningSite site;
    private static String key;
    private static String secondKey;

    @BeforeAll
    static void start() throws IOException {
        site = RunningSite.start(folder.resolve("site"));
        key = site.openFor(MODEL);
        try (Administrator operator = site.operator()) {
            String workspace =
                    operator.all(AdminApi.WORKSPACES, Workspace.class).getFirst().id().toString();
            secondKey =
                    operator.post(
                                    AdminApi.WORKSPACES
                                            + "/"
                                            + workspace
                                            + AdminApi.API_KEYS_OF_WORKSPACE,
                                    new CreateApiKey("second", null),
                                    CreatedApiKey.class)
                            .secret();
        }
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @AfterEach
    void aGoodRequestIsServed() throws IOException {
        try (App app = site.app(key)) {
            assertThat(app.ask(App.chat(MODEL, "Hello?")).status()).isEqualTo(200);
        }
    }

    /** An answer that says that something is wrong. */
    private record Refusal(int status, String head, JsonNode error) {
        String text(String name) {
            return error.path(name).asString("");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "null",
                "[]",
                "\"" + CANARY + "\"",
                "{\"model\":",
                "{\"model\":\"" + CANARY + "\"",
                "{'model':'" + CANARY + "'}",
                "{\"model\":\"small-chat\"," + MESSAGES + "} {\"" + CANARY + "\":1}",
                "{\"model\":\"small-chat\",\"model\":\"" + CANARY + "\"," + MESSAGES + "}",
                "{\"model\":\"small-chat\"," + MESSAGES + ",\"x\":{\"a\":1,\"a\":2}}",
                "{\"model\":\"small-chat\"," + MESSAGES + ",\"x\":\"\\ud800\"}",
                "{\"model\":\"small-chat\"," + MESSAGES + ",\"x\":NaN}"
            })
    void refusesABodyThatIsNoUnambiguousJsonObject(String body) throws IOException {
        assertRefusal(chat(body.getBytes(UTF_8)), 400, "malformed_request", null);
    }

    @ParameterizedTest
    @MethodSource("bytesThatAreNoUtf8")
    void refusesBytesThatAreNoUtf8(byte[] text) throws IOException {
        String hole = new String(text, ISO_8859_1);
        String body =
                "{\"model\":\"small-chat\"," + MESSAGES.replace("\"x\"", "\"" + hole + "\"") + "}";

        assertRefusal(chat(body.getBytes(ISO_8859_1)), 400, "malformed_request", null);
    }

    static Stream<byte[]> bytesThatAreNoUtf8() {
        return Stream.of(
                new byte[] {(byte) 0xff},
                new byte[] {(byte) 0xc0, (byte) 0xaf},
                new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
                new byte[] {(byte) 0xe2, (byte) 0x82});
    }

    @Test
    void refusesNestingThatNobodyNeeds() throws IOException {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        String body = "{\"model\":\"small-chat\"," + MESSAGES + ",\"x\":" + deep + "}";

        assertRefusal(chat(body.getBytes(UTF_8)), 400, "malformed_request", null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model|{~model~:4711,M}",
                "model|{~model~:null,M}",
                "model|{~model~:~~,M}",
                "model|{M}",
                "model|{~Model~:~small-chat~,M}",
                "messages|{~model~:~small-chat~}",
                "messages|{~model~:~small-chat~,~messages~:null}",
                "messages|{~model~:~small-chat~,~messages~:~canary-4711~}",
                "messages|{~model~:~small-chat~,~messages~:{}}",
                "messages|{~model~:~small-chat~,~messages~:[]}",
                "messages[0]|{~model~:~small-chat~,~messages~:[~canary-4711~]}",
                "stream|{~model~:~small-chat~,M,~stream~:~true~}",
                "stream|{~model~:~small-chat~,M,~stream~:1}",
                "stream_options|{~model~:~small-chat~,M,~stream_options~:true}",
                "stream_options.include_usage|"
                        + "{~model~:~small-chat~,M,~stream_options~:{~include_usage~:~x~}}",
                "max_tokens|{~model~:~small-chat~,M,~max_tokens~:~10~}",
                "max_tokens|{~model~:~small-chat~,M,~max_tokens~:0}",
                "max_tokens|{~model~:~small-chat~,M,~max_tokens~:1.5}",
                "max_completion_tokens|{~model~:~small-chat~,M,~max_completion_tokens~:-1}",
                "n|{~model~:~small-chat~,M,~n~:~2~}",
                "temperature|{~model~:~small-chat~,M,~temperature~:~hot~}",
                "top_p|{~model~:~small-chat~,M,~top_p~:true}",
                "presence_penalty|{~model~:~small-chat~,M,~presence_penalty~:{}}",
                "frequency_penalty|{~model~:~small-chat~,M,~frequency_penalty~:[]}",
                "tools|{~model~:~small-chat~,M,~tools~:~canary-4711~}"
            })
    void namesTheFieldThatCannotBeUsed(String field, String body) throws IOException {
        String json = body.replace('~', '"').replaceAll("\\bM\\b", MESSAGES);

        assertRefusal(chat(json.getBytes(UTF_8)), 400, "invalid_field", field);
    }

    @Test
    void refusesAModelThatThereIsNot() throws IOException {
        byte[] body = App.chat(CANARY, "Hello?").getBytes(UTF_8);

        assertRefusal(chat(body), 404, "model_not_found", "model");
        assertRefusal(
                exchange("GET /v1/models/" + CANARY + " HTTP/1.1\r\n" + authorization(), null),
                404,
                "model_not_found",
                null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "authorization: Basic " + CANARY + "\r\n",
                "authorization: " + CANARY + "\r\n"
            })
    void asksForAKeyWhereThereIsNone(String headers) throws IOException {
        Refusal refusal = chat(headers, JSON_TYPE, good());

        assertRefusal(refusal, 401, "invalid_api_key", null);
        assertThat(refusal.text("message")).contains("Authorization: Bearer");
    }

    @Test
    void refusesAKeyThatIsWrong() throws IOException {
        for (String wrong : List.of(CANARY, key + "x", key.replaceAll("_[^_]*$", "_000000"))) {
            assertRefusal(
                    chat("authorization: Bearer " + wrong + "\r\n", JSON_TYPE, good()),
                    401,
                    "invalid_api_key",
                    null);
        }
    }

    @Test
    void refusesSeveralCredentials() throws IOException {
        for (String other :
                List.of(
                        "authorization: Bearer " + secondKey + "\r\n",
                        "x-api-key: " + secondKey + "\r\n",
                        "api-key: " + CANARY + "\r\n")) {
            assertRefusal(
                    chat(authorization() + other, JSON_TYPE, good()),
                    400,
                    "several_credentials",
                    null);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "content-type: text/plain\r\n", "content-type: application/jsonp\r\n"})
    void refusesABodyThatIsNotSaidToBeJson(String type) throws IOException {
        assertRefusal(chat(authorization(), type, good()), 415, "unsupported_media_type", null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1", "/v1/" + CANARY, "/v2/models", "/admin/v1/status"})
    void knowsNoOtherPaths(String path) throws IOException {
        assertRefusal(
                exchange("GET " + path + " HTTP/1.1\r\n" + authorization(), null),
                404,
                "not_found",
                null);
    }

    @Test
    void saysWhichMethodAPathTakes() throws IOException {
        Refusal get = exchange("GET " + CHAT + " HTTP/1.1\r\n" + authorization(), null);
        Refusal delete = exchange("DELETE /v1/models HTTP/1.1\r\n" + authorization(), null);

        assertRefusal(get, 405, "method_not_allowed", null);
        assertThat(get.head().toLowerCase()).contains("allow: post");
        assertRefusal(delete, 405, "method_not_allowed", null);
        assertThat(delete.head().toLowerCase()).contains("allow: get");
    }

    @Test
    void takesNoQueryParameters() throws IOException {
        String head = "POST " + CHAT + "?api_key=" + CANARY + " HTTP/1.1\r\n" + JSON_TYPE;

        assertRefusal(exchange(head + authorization(), good()), 400, "malformed_request", null);
    }

    @Test
    void refusesFiftyMegabytesBeforeTheyAreSent() throws IOException {
        String head =
                "POST " + CHAT + " HTTP/1.1\r\nhost: localhost\r\n" + JSON_TYPE + authorization();
        try (RawClient client = client()) {
            client.send(head + "content-length: " + FIFTY_MB + "\r\n\r\n");

            assertRefusal(refusal(client), 413, "too_large", null);
        }
    }

    @Test
    void refusesFiftyMegabytesThatComeWithoutALength() throws IOException {
        String head =
                "POST " + CHAT + " HTTP/1.1\r\nhost: localhost\r\n" + JSON_TYPE + authorization();
        byte[] piece = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(UTF_8);
        try (RawClient client = client()) {
            client.send(head + "transfer-encoding: chunked\r\n\r\n");
            for (int sent = 0; sent < FIFTY_MB; sent += 0x10000) {
                client.send(piece);
            }
            client.send("0\r\n\r\n");

            assertRefusal(refusal(client), 413, "too_large", null);
        }
    }

    private static byte[] good() {
        return App.chat(MODEL, "Hello?").getBytes(UTF_8);
    }

    private static String authorization() {
        return "authorization: Bearer " + key + "\r\n";
    }

    private static Refusal chat(byte[] body) throws IOException {
        return chat(authorization(), JSON_TYPE, body);
    }

    private static Refusal chat(String credentials, String type, byte[] body) throws IOException {
        return exchange("POST " + CHAT + " HTTP/1.1\r\n" + type + credentials, body);
    }

    private static Refusal exchange(String head, byte[] body) throws IOException {
        try (RawClient client = client()) {
            String length = body == null ? "" : "content-length: " + body.length + "\r\n";
            client.send(head + "host: localhost\r\n" + length + "\r\n");
            if (body != null) {
                client.send(body);
            }
            return refusal(client);
        }
    }

    private static RawClient client() throws IOException {
        return RawClient.tls(site.trust().context(), site.inferencePort());
    }

    private static Refusal refusal(RawClient client) throws IOException {
        String head = client.receiveUntil("\r\n\r\n");
        String length =
                head.toLowerCase().replaceAll("(?s).*\r\ncontent-length: *([0-9]+)\r\n.*", "$1");
        byte[] body = client.socket().getInputStream().readNBytes(Integer.parseInt(length));
        JsonNode answer = JSON.readTree(body);
        assertThat(answer.propertyNames()).containsExactly("error");
        return new Refusal(
                Integer.parseInt(head.substring("HTTP/1.1 ".length(), 12)),
                head,
                answer.get("error"));
    }

    private static void assertRefusal(Refusal refusal, int status, String code, String param) {
        assertThat(refusal.status()).as(refusal.toString()).isEqualTo(status);
        assertThat(refusal.error().propertyNames())
                .containsExactlyInAnyOrder("message", "type", "param", "code");
        assertThat(refusal.text("code")).as(refusal.toString()).isEqualTo(code);
        assertThat(refusal.text("type")).isEqualTo("invalid_request_error");
        if (param == null) {
            assertThat(refusal.error().get("param").isNull()).as(refusal.toString()).isTrue();
        } else {
            assertThat(refusal.text("param")).as(refusal.toString()).isEqualTo(param);
        }
        String id = refusal.head().replaceAll("(?is).*\r\nx-request-id: *([0-9a-f-]+)\r\n.*", "$1");
        assertThat(refusal.text("message")).endsWith("(request id " + id + ")");
        assertThat(refusal.head().toLowerCase()).contains("content-type: application/json");
        assertThat(refusal.toString()).doesNotContain(CANARY, key);
    }
}
