package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.server.apikey.ApiKeyFormat;
import com.neuralrouter.server.listener.RawClient;
import com.neuralrouter.server.policy.PolicyRule;
import com.neuralrouter.server.policy.RuleKind;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;

/** Bad input over real sockets: the right status, OpenAI's error object, the request's id. */
class RefusalsIT {
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new Gateway();
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    @Test
    void refusesMalformedJson() throws Exception {
        assertRefused(chat("{\"model\":"), 400, "malformed_request");
        assertThat(gateway.journal.next().ended().problem())
                .isEqualTo(ProblemCode.MALFORMED_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\tb", "gr\u00fc\u00df", "1001"})
    void refusesAVersionThatNoHeaderCanCarry(String value) throws IOException {
        String beta = value.equals("1001") ? "x".repeat(1_001) : value;
        String request =
                Answer.chat(
                        gateway,
                        "connection: close\r\nanthropic-beta: " + beta + "\r\n",
                        Answer.body("m", ""));

        Answer answer = Answer.to(gateway, request);

        assertRefused(answer, 400, "malformed_request");
        assertThat(answer.body()).contains("anthropic-beta");
        assertThat(gateway.first.requests()).isEmpty();
    }

    @Test
    void namesTheFieldOfAWrongType() throws IOException {
        Answer answer = chat(Answer.body("m", ",\"stream\":\"yes\""));

        assertRefused(answer, 400, "invalid_field");
        assertThat(answer.json().at("/error/param").asString()).isEqualTo("stream");
    }

    @Test
    void refusesAFieldThatOccursTwice() throws IOException {
        assertRefused(chat(Answer.body("m", ",\"model\":\"m\"")), 400, "malformed_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"m\\u0000", "\\u0000", "m\\n"})
    void refusesAModelWithAControlCharacter(String model) throws Exception {
        Answer answer = chat(Answer.body(model, ""));

        assertRefused(answer, 400, "invalid_field");
        assertThat(answer.json().at("/error/param").asString()).isEqualTo("model");
        assertThat(gateway.journal.next().started().model()).isEmpty();
    }

    @Test
    void refusesAModelThatItDoesNotKnowAndRecordsNotItsName() throws Exception {
        Answer answer = chat(Answer.body("made-up", ""));

        assertRefused(answer, 404, "model_not_found");
        assertThat(answer.json().at("/error/type").asString()).isEqualTo("invalid_request_error");
        var recorded = gateway.journal.next();
        assertThat(recorded.started().model()).isEmpty();
        assertThat(recorded.ended().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(recorded.ended().status()).isEqualTo(404);
    }

    @Test
    void refusesARequestWithoutAKeyAndRecordsNothing() throws IOException {
        assertRefused(models(""), 401, "invalid_api_key");
        assertRefused(
                models("authorization: " + gateway.key.text() + "\r\n"), 401, "invalid_api_key");
        assertThat(gateway.journal.ended).isEmpty();
    }

    @Test
    void saysTheSameOfEveryKeyThatIsNotValid() throws IOException {
        var stranger = ApiKeyFormat.generate(new SecureRandom());

        Answer unknown = models("authorization: Bearer " + stranger.text() + "\r\n");
        Answer noKey = models("authorization: Bearer sk-123\r\n");
        gateway.revokeKey();
        Answer revoked = models(authorization());

        assertRefused(unknown, 401, "invalid_api_key");
        assertThat(message(noKey)).isEqualTo(message(unknown));
        assertThat(message(revoked)).isEqualTo(message(unknown));
    }

    @Test
    void refusesSeveralCredentials() throws IOException {
        assertRefused(models(authorization() + authorization()), 400, "several_credentials");
        assertRefused(
                models(authorization() + "x-api-key: " + gateway.key.text() + "\r\n"),
                400,
                "several_credentials");
        assertRefused(models(authorization() + "Api-Key: x\r\n"), 400, "several_credentials");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?api_key=x", "?model=other", "?x"})
    void refusesEveryQueryParameter(String query) throws IOException {
        Answer answer = get("/v1/models" + query, authorization());

        assertRefused(answer, 400, "malformed_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/models?limit=1",
                "/v1/chat/completions?beta=true",
                "/v1/messages?beta=false",
                "/v1/messages?beta=true&beta=true",
                "/v1/messages?beta=true&model=x",
                "/v1/messages?limit=1"
            })
    void refusesParametersThatTheApiDoesNotHave(String path) throws IOException {
        String body = Answer.body("m", ",\"max_tokens\":9");
        Answer answer =
                path.startsWith("/v1/models")
                        ? get(path, authorization())
                        : Answer.to(
                                gateway, Answer.post(gateway, path, "connection: close\r\n", body));

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("No such query parameters are taken here");
    }

    @Test
    void refusesAPathThatIsNotThere() throws IOException {
        assertRefused(get("/v1/nothing", authorization()), 404, "not_found");
        assertRefused(get("/", authorization()), 404, "not_found");
    }

    @Test
    void refusesAnotherMethodAndNamesTheRightOne() throws IOException {
        Answer answer = get("/v1/chat/completions", authorization());

        assertRefused(answer, 405, "method_not_allowed");
        assertThat(answer.head()).contains("allow: post\r\n");
    }

    @Test
    void refusesABodyThatIsNotJson() throws IOException {
        String request =
                Answer.chat(gateway, "connection: close\r\n", Answer.body("m", ""))
                        .replace("application/json", "text/plain");

        assertRefused(Answer.to(gateway, request), 415, "unsupported_media_type");
    }

    @Test
    void answersABodyOf50MegabytesAndGoesOn() throws IOException {
        byte[] megabyte = new byte[1 << 20];
        String head = Answer.chat(gateway, "", "").replace("length: 0", "length: " + (50 << 20));
        try (RawClient client = gateway.connect()) {
            client.send(head);
            for (int i = 0; i < 50; i++) {
                client.send(megabyte);
            }

            assertRefused(Answer.of(client.receiveAll()), 413, "too_large");
        }
        assertThat(models(authorization()).status()).isEqualTo(200);
    }

    @Test
    void answersAChunkedBodyThatIsTooLarge() throws IOException {
        String chunk = "40000\r\n" + "x".repeat(0x40000) + "\r\n";
        String head =
                Answer.chat(gateway, "", "")
                        .replace("content-length: 0", "transfer-encoding: chunked");

        Answer answer = Answer.to(gateway, head + chunk.repeat(8) + "0\r\n\r\n");

        assertRefused(answer, 413, "too_large");
    }

    @Test
    void refusesWhatAPolicyDeniesAndNamesRuleAndLevel() throws Exception {
        gateway.rules(
                List.of(), List.of(new PolicyRule.Names(RuleKind.DENIED_MODELS, Set.of("m"))));

        Answer answer = chat(Answer.body("m", ""));

        assertRefused(answer, 403, "policy_refused");
        assertThat(message(answer)).contains("deniedModels").contains("workspace");
        assertThat(gateway.first.requests()).isEmpty();
        assertThat(gateway.journal.next().ended().problem()).isEqualTo(ProblemCode.POLICY_REFUSED);
    }

    @Test
    void refusesASuspendedWorkspace() throws IOException {
        gateway.suspendWorkspace();

        assertRefused(chat(Answer.body("m", "")), 403, "workspace_suspended");
    }

    @Test
    void refusesARevokedKeyEvenOnAnOpenConnection() throws IOException {
        String request = "GET /v1/models HTTP/1.1\r\nhost: a\r\n" + authorization() + "\r\n";
        try (RawClient client = gateway.connect()) {
            assertThat(client.send(request).receiveUntil("}]}")).startsWith("HTTP/1.1 200");

            gateway.revokeKey();

            assertThat(client.send(request).receiveUntil("}}")).startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void takesNoRequestThatItCannotRecord() throws IOException {
        gateway.journal.full = true;

        assertRefused(chat(Answer.body("m", "")), 503, "record_unavailable");
        assertThat(gateway.first.requests()).isEmpty();
    }

    @Test
    void saysWhyNoProviderCanBeAsked() throws IOException {
        Answer answer = chat(Answer.body("no-credential", ""));

        assertRefused(answer, 503, "no_route");
        assertThat(message(answer)).contains("third: the workspace has no credential for it");
    }

    @Test
    void listsOnlyTheModelsThatTheKeyMayUse() throws IOException {
        assertThat(models(authorization()).json().at("/data").findValuesAsString("id"))
                .containsExactly("m", "no-credential", "org/only-second");

        gateway.rules(
                List.of(new PolicyRule.Names(RuleKind.ALLOWED_PROVIDERS, Set.of("first"))),
                List.of(
                        new PolicyRule.Names(
                                RuleKind.ALLOWED_MODELS, Set.of("m", "org/only-second"))));

        assertThat(models(authorization()).json().at("/data").findValuesAsString("id"))
                .containsExactly("m");
    }

    @Test
    void showsOneModelByItsName() throws IOException {
        Answer found = get("/v1/models/org%2Fonly-second", authorization());

        assertThat(found.json().at("/id").asString()).isEqualTo("org/only-second");
        assertThat(found.json().at("/object").asString()).isEqualTo("model");
        assertThat(get("/v1/models/org/only-second", authorization()).status()).isEqualTo(200);
        assertRefused(get("/v1/models/made-up", authorization()), 404, "model_not_found");
    }

    private void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.errorCode()).isEqualTo(code);
        assertThat(answer.json().at("/error").propertyNames())
                .containsExactly("message", "type", "param", "code");
        assertThat(answer.head())
                .contains("content-type: application/json")
                .contains("strict-transport-security: max-age=63072000; includesubdomains")
                .contains("cache-control: no-store");
        String id = answer.head().replaceAll("(?s).*x-request-id: (\\S+).*", "$1");
        assertThat(answer.json().at("/error/message").asString()).contains(id);
    }

    /** Without the request's id, which differs. */
    private static String message(Answer answer) {
        return answer.json().at("/error/message").asString().replaceAll("\\(request id.*", "");
    }

    private String authorization() {
        return "Authorization: Bearer " + gateway.key.text() + "\r\n";
    }

    private Answer chat(String body) throws IOException {
        return Answer.toChat(gateway, body);
    }

    private Answer models(String headers) throws IOException {
        return get("/v1/models", headers);
    }

    private Answer get(String path, String headers) throws IOException {
        return Answer.to(
                gateway,
                "GET " + path + " HTTP/1.1\r\nhost: a\r\nconnection: close\r\n" + headers + "\r\n");
    }
}
