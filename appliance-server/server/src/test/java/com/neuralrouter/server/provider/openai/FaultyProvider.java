package com.neuralrouter.server.provider.openai;

import static com.neuralrouter.server.provider.openai.Calls.PATIENT;
import static com.neuralrouter.server.provider.openai.Calls.call;
import static com.neuralrouter.server.provider.openai.Calls.endpoint;
import static com.neuralrouter.server.provider.openai.Calls.stream;

import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.provider.FakeUpstream.Behaviour;
import com.neuralrouter.server.provider.OpenResult;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;

/** A provider that a test makes misbehave, and an adapter that must cope with it. */
@Timeout(60)
abstract class FaultyProvider {
    static final String OK = "HTTP/1.1 200 OK\r\n";
    static final String JSON = OK + "content-type: application/json\r\n";
    static final String EVENTS =
            OK + "content-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";

    FakeUpstream upstream;
    OpenAiAdapter adapter;

    @BeforeEach
    void start() throws IOException {
        upstream = FakeUpstream.start();
        adapter = new OpenAiAdapter(PATIENT, Calls.CLOCK);
    }

    @AfterEach
    void stop() throws IOException {
        adapter.close();
        upstream.close();
    }

    /** Goes on with an adapter that is less patient. */
    void use(int firstByteMillis, int betweenBytesMillis, int idleMillis) {
        adapter.close();
        adapter =
                new OpenAiAdapter(
                        new UpstreamTimeouts(
                                Duration.ofSeconds(10),
                                Duration.ofMillis(firstByteMillis),
                                Duration.ofMillis(betweenBytesMillis),
                                Duration.ofMillis(idleMillis)),
                        Calls.CLOCK);
    }

    OpenResult open() {
        return adapter.open(call(endpoint(upstream.baseUrl())));
    }

    OpenResult openStream() {
        return adapter.open(stream(endpoint(upstream.baseUrl())));
    }

    /** Sends this and ends the connection. */
    static Behaviour raw(String text) {
        return x -> {
            x.write(text);
            x.close();
        };
    }
}
