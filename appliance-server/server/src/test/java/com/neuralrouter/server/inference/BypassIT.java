package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.server.policy.PolicyDocuments;
import com.neuralrouter.server.policy.PolicyRule;
import com.neuralrouter.server.policy.RuleKind;
import com.neuralrouter.server.provider.FakeUpstream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The ways in which policies and keys of other gateways were got round, as published, tried here:
 * each with what the incident was. What counts is what arrives at the providers' sockets.
 */
class BypassIT {
    private static final String DENIED = "org/only-second";
    private static final int MUTATIONS = 400;

    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new Gateway();
        gateway.rules(
                List.of(new PolicyRule.Names(RuleKind.DENIED_MODELS, Set.of(DENIED))), List.of());
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    private Answer send(String head, String body) throws IOException {
        return Answer.to(
                gateway,
                head
                        + "connection: close\r\ncontent-length: "
                        + body.getBytes(StandardCharsets.UTF_8).length
                        + "\r\n\r\n"
                        + body);
    }

    private String post(String path, String... headers) {
        var head = new StringBuilder("POST " + path + " HTTP/1.1\r\n");
        if (List.of(headers).stream().noneMatch(it -> it.startsWith("host:"))) {
            head.append("host: localhost\r\n");
        }
        head.append("content-type: application/json\r\n");
        if (List.of(headers).stream().noneMatch(it -> it.startsWith("authorization:"))) {
            head.append("authorization: Bearer ").append(gateway.key.text()).append("\r\n");
        }
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.toString();
    }

    private String chat(String... headers) {
        return post("/v1/chat/completions", headers);
    }

    private void assertNothingLeft() {
        assertThat(gateway.first.connections() + gateway.second.connections())
                .as("connections to providers")
                .isZero();
    }

    /** LiteLLM, CVE-2024-6587: the caller's api_base got the provider's key sent to it. */
    @Test
    void sendsNothingWhereTheBodySays() throws IOException {
        String there = gateway.second.baseUrl().toString();
        String more =
                ",\"api_base\":\"%s\",\"base_url\":\"%s\",\"custom_llm_provider\":\"x\""
                        .formatted(there, there);

        Answer answer = send(chat(), Answer.body("m", more));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(gateway.second.connections()).isZero();
    }

    /** Portkey, CVE-2025-66405: a header named the host. */
    @Test
    void sendsNothingWhereAHeaderSays() throws IOException {
        String there = "127.0.0.1:" + gateway.second.port();

        Answer answer =
                send(
                        chat(
                                "x-portkey-custom-host: http://" + there,
                                "x-portkey-config: {\"provider\":\"openai\"}",
                                "x-forwarded-host: " + there,
                                "x-original-url: http://" + there,
                                "x-upstream: " + there,
                                "forwarded: host=" + there),
                        Answer.body("m", ""));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(gateway.second.connections()).isZero();
    }

    /** BerriAI/litellm#41810: a model in the query overrode the one that policy had seen. */
    @Test
    void takesNoModelFromTheQuery() throws IOException {
        assertThat(
                        send(post("/v1/chat/completions?model=" + DENIED), Answer.body("m", ""))
                                .status())
                .isEqualTo(400);
        assertThat(send(post("/v1/chat/completions?model=m"), Answer.body(DENIED, "")).status())
                .isEqualTo(400);
        assertNothingLeft();
    }

    /** CouchDB, CVE-2017-12635; Envoy AI Gateway, GHSA-4gph-2hhr-5mwg: two parsers, two keys. */
    @Test
    void takesNoFieldTwiceInWhateverSpelling() throws IOException {
        for (String second :
                List.of(
                        "\"model\":\"%s\"",
                        "\"Model\":\"%s\"",
                        "\"MODEL\":\"%s\"",
                        "\"\\u006dodel\":\"%s\"",
                        "\"mode\\u006C\":\"%s\"")) {
            Answer answer = send(chat(), Answer.body("m", "," + second.formatted(DENIED)));
            assertThat(answer.status()).as(second).isEqualTo(400);
        }
        assertNothingLeft();
    }

    /** Portkey#1718 and others: an old or another spelling of a path went round the checks. */
    @Test
    void servesNoOtherFormOfAPath() throws IOException {
        for (String path :
                List.of(
                        "/v1/proxy/chat/completions",
                        "/v1/proxy/v1/chat/completions",
                        "//v1/chat/completions",
                        "/v1//chat/completions",
                        "/v1/./chat/completions",
                        "/v1/../v1/chat/completions",
                        "/v1/chat/completions/",
                        "/V1/CHAT/COMPLETIONS",
                        "/v1/%63hat/completions",
                        "/v1%2fchat%2fcompletions",
                        "/v1/chat/completions;x=1",
                        "/chat/completions",
                        "/openai/v1/chat/completions")) {
            assertThat(send(post(path), Answer.body(DENIED, "")).status())
                    .as(path)
                    .isNotEqualTo(200);
        }
        assertNothingLeft();
    }

    /** LiteLLM, CVE-2026-49468, and Starlette, CVE-2026-48710: the Host header moved the route. */
    @Test
    void decidesNothingByTheHostHeader() throws IOException {
        for (String host :
                List.of("host: a/?x=", "host: localhost/v1/models?", "host: other.test")) {
            assertThat(send(chat(host), Answer.body(DENIED, "")).status())
                    .as(host)
                    .isNotEqualTo(200);
        }
        assertNothingLeft();
    }

    /** LiteLLM, CVE-2026-35030: a key was known by its first characters. */
    @Test
    void knowsAKeyByAllOfIt() throws IOException {
        String key = gateway.key.text();
        for (String other :
                List.of(
                        key.substring(0, 20),
                        key.substring(0, key.length() - 1),
                        key + "A",
                        key.substring(0, key.length() - 1) + (key.endsWith("A") ? "B" : "A"),
                        key.toLowerCase(Locale.ROOT))) {
            Answer answer = send(chat("authorization: Bearer " + other), Answer.body("m", ""));
            assertThat(answer.status()).isEqualTo(401);
        }
        assertNothingLeft();
    }

    /** LiteLLM, CVE-2026-42208: SQL in the bearer key, before it was known to be one. */
    @Test
    void asksNoDatabaseForWhatIsNoKey() throws IOException {
        for (String key : List.of("' OR 1=1--", "nr_x' UNION SELECT 1--", "nr_%", "sk-bf-x")) {
            Answer answer = send(chat("authorization: Bearer " + key), Answer.body("m", ""));
            assertThat(answer.status()).as(key).isEqualTo(401);
        }
        assertNothingLeft();
    }

    /** semantic-router#1445 and others: a header said who or where the caller was. */
    @Test
    void believesNoHeaderAboutTheCaller() throws IOException {
        gateway.rules(
                List.of(
                        PolicyDocuments.rules(
                                        new PolicyDocument(
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                List.of("192.0.2.0/24"),
                                                null,
                                                null,
                                                null))
                                .getFirst()),
                List.of());

        Answer answer =
                send(
                        chat(
                                "x-forwarded-for: 192.0.2.7",
                                "x-real-ip: 192.0.2.7",
                                "forwarded: for=192.0.2.7",
                                "true-client-ip: 192.0.2.7",
                                "x-user-role: admin"),
                        Answer.body("m", ""));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("networks");
        assertNothingLeft();
    }

    /** new-api, GHSA-9f46-w24h-69w4: a redirect led past the list of allowed hosts. */
    @Test
    void followsNoRedirect() throws IOException {
        gateway.rules(
                List.of(new PolicyRule.Names(RuleKind.ALLOWED_PROVIDERS, Set.of("first"))),
                List.of());
        gateway.first.always(FakeUpstream.status(307, "location: " + gateway.second.baseUrl(), ""));

        assertThat(send(chat(), Answer.body("m", "")).status()).isEqualTo(502);
        assertThat(gateway.second.connections()).isZero();
    }

    /** Envoy AI Gateway#827 and its kind: policy saw the first part of a large body only. */
    @Test
    void seesTheWholeOfALargeBody() throws IOException {
        String body =
                "{\"messages\":[{\"role\":\"user\",\"content\":\""
                        + "x".repeat(300_000)
                        + "\"}],\"model\":\""
                        + DENIED
                        + "\"}";

        assertThat(send(chat(), body).status()).isEqualTo(403);
        assertNothingLeft();
    }

    /** Bifrost#7303: the caller's request id was believed, and with it what it had paid for. */
    @Test
    void recordsNoRequestUnderAnIdOfItsOwnChoice() throws Exception {
        String chosen = "00000000-0000-7000-8000-000000000001";

        send(chat("x-request-id: " + chosen), Answer.body("m", ""));

        assertThat(gateway.journal.next().started().id().toString()).isNotEqualTo(chosen);
    }

    /** Whatever is added to a denied request, it is not let through. */
    @Test
    void letsNothingThroughThatAFuzzerAdds() throws IOException {
        for (long seed = 1; seed <= MUTATIONS; seed++) {
            var mutation = new Mutation(new SplittableRandom(seed));
            Answer answer = send(chat(mutation.headers()), mutation.body());
            assertThat(answer.status()).as("seed " + seed).isNotEqualTo(200);
        }
        assertNothingLeft();
    }

    /** A request for the denied model with something added. */
    private record Mutation(SplittableRandom random) {
        private static final List<String> NAMES =
                List.of(
                        "model",
                        "Model",
                        "model ",
                        "mod\u0435l",
                        "models",
                        "route",
                        "provider",
                        "metadata",
                        "extra_body",
                        "allowed_models",
                        "policy",
                        "user",
                        "fallbacks");
        private static final List<String> HEADERS =
                List.of(
                        "nr-policy: classification=public",
                        "nr-policy: retention=36500d",
                        "nr-policy: jurisdictions=US,EU,CH",
                        "x-model: m",
                        "x-allowed-models: *",
                        "x-nr-workspace: other",
                        "x-http-method-override: GET",
                        "content-location: /v1/models",
                        "x-policy: allow",
                        "openai-organization: m");

        String[] headers() {
            var chosen = new ArrayList<String>();
            for (String header : HEADERS) {
                boolean second = header.startsWith("nr-") && !chosen.isEmpty();
                if (!second && random.nextInt(4) == 0) {
                    chosen.add(header);
                }
            }
            return chosen.toArray(String[]::new);
        }

        String body() {
            var fields = new ArrayList<String>();
            fields.add("\"model\":\"" + spelt(DENIED) + "\"");
            fields.add("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]");
            for (int i = random.nextInt(4); i > 0; i--) {
                fields.add("\"" + NAMES.get(random.nextInt(NAMES.size())) + "\":" + value());
            }
            for (int i = fields.size() - 1; i > 0; i--) {
                Collections.swap(fields, i, random.nextInt(i + 1));
            }
            return "{" + String.join(random.nextBoolean() ? "," : " ,\n", fields) + "}";
        }

        private String value() {
            return switch (random.nextInt(4)) {
                case 0 -> "\"m\"";
                case 1 -> "{\"model\":\"m\"}";
                case 2 -> "[\"m\"]";
                default -> "null";
            };
        }

        /** Other spellings in JSON, and names that only look alike. */
        private String spelt(String name) {
            return switch (random.nextInt(5)) {
                case 0 -> name.replace("o", "\\u006f");
                case 1 -> name.replace("/", "\\/");
                case 2 -> name + "\\u0000";
                case 3 -> name.toUpperCase(Locale.ROOT);
                default -> name;
            };
        }
    }
}
