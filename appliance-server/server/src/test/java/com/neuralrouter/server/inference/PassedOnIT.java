package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.server.provider.FakeUpstream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;

/** Operations that go on as they came: over real sockets, to the usual path, both ways. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PassedOnIT {
    private static final String ANSWER =
            "{\"object\":\"list\",\"data\":[1.5],\"usage\":{\"prompt_tokens\":4,\"total_tokens\":4}}";

    private Gateway gateway;

    @BeforeAll
    void start() throws IOException {
        gateway = new Gateway();
        gateway.first.always(FakeUpstream.json(ANSWER));
    }

    @AfterAll
    void stop() throws IOException {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/completions | \"prompt\":\"hi\"",
                "/v1/embeddings | \"input\":[\"hi\",\"you\"],\"encoding_format\":\"base64\"",
                "/v1/moderations | \"input\":\"hi\"",
                "/v1/images/generations | \"prompt\":\"a square\",\"size\":\"1024x1024\"",
                "/v1/rerank | \"query\":\"q\",\"documents\":[\"a\",\"b\"],\"top_n\":1",
                "/v2/rerank | \"query\":\"q\",\"documents\":[\"a\",\"b\"],\"top_n\":1",
                "/v1/audio/speech | \"input\":\"hi\",\"voice\":\"alloy\""
            })
    void goesOnAsItCameWithTheProvidersModel(String path, String members) throws Exception {
        gateway.first.forgetRequests();

        Answer answer =
                Answer.to(
                        gateway,
                        Answer.post(
                                gateway,
                                path,
                                "connection: close\r\n",
                                "{\"model\":\"m\"," + members + "}"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(ANSWER);
        FakeUpstream.Received sent = gateway.first.requests().getFirst();
        assertThat(sent.requestLine())
                .isEqualTo("POST " + path.replace("/v2/", "/v1/") + " HTTP/1.1");
        assertThat(sent.text()).isEqualTo("{\"model\":\"m@first\"," + members + "}");
        assertThat(gateway.journal.next().ended().outcome()).isEqualTo(Outcome.COMPLETED);
    }
}
