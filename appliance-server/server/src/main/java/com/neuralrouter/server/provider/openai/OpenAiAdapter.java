package com.neuralrouter.server.provider.openai;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.OpenResult;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.provider.ProviderAdapter;
import com.neuralrouter.server.provider.ProviderCall;
import com.neuralrouter.server.provider.Service;
import com.neuralrouter.server.provider.http.HeadWriter;
import com.neuralrouter.server.provider.http.UpstreamCalls;
import com.neuralrouter.server.provider.http.UpstreamCalls.Expected;
import com.neuralrouter.server.provider.http.UpstreamException;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;
import com.neuralrouter.server.secret.SecretBytes;

import java.time.Clock;

/**
 * Speaks OpenAI's wire format: to vLLM, Ollama, llama.cpp, TGI, OpenAI itself. Bodies go as they
 * are, both ways; a credential goes only to an endpoint that wants one. Safe for all threads.
 */
public final class OpenAiAdapter implements ProviderAdapter {
    private final UpstreamCalls calls;

    public OpenAiAdapter(UpstreamTimeouts timeouts, Clock clock) {
        this.calls = new UpstreamCalls(timeouts, clock);
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.OPENAI;
    }

    @Override
    public Service service(Endpoint endpoint, Operation operation) {
        return operation == Operation.CHAT_COMPLETIONS ? Service.VERBATIM : Service.NONE;
    }

    @Override
    public OpenResult open(ProviderCall call) {
        return switch (call.payload()) {
            case Payload.Verbatim verbatim ->
                    calls.post(
                            call.endpoint(),
                            path(call.operation()),
                            head -> headers(call, verbatim, head),
                            verbatim.body(),
                            call.stream() ? Expected.EVENTS : Expected.JSON,
                            call.deadline());
            case Payload.Translated _ -> throw new IllegalStateException("nothing is translated");
        };
    }

    @Override
    public void close() {
        calls.close();
    }

    private static String path(Operation operation) {
        return switch (operation) {
            case CHAT_COMPLETIONS -> "/chat/completions";
            default -> throw new IllegalStateException("no path for " + operation);
        };
    }

    private static void headers(ProviderCall call, Payload.Verbatim payload, HeadWriter head)
            throws UpstreamException {
        head.header("content-type: ", payload.contentType());
        head.header("accept: ", call.stream() ? "text/event-stream" : "application/json");
        head.header("x-request-id: ", call.requestId().value());
        SecretBytes credential = call.credential();
        if (credential != null && call.endpoint().authentication() == Authentication.BEARER) {
            head.header("authorization: Bearer ", credential);
        }
    }
}
