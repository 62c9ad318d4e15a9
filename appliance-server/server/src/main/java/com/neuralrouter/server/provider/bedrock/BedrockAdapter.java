package com.neuralrouter.server.provider.bedrock;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.OpenResult;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.provider.ProviderAdapter;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderCall;
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.provider.ProviderRules;
import com.neuralrouter.server.provider.Service;
import com.neuralrouter.server.provider.http.PercentEncoding;
import com.neuralrouter.server.provider.http.TranslatedReply;
import com.neuralrouter.server.provider.http.Translation;
import com.neuralrouter.server.provider.http.UpstreamCalls;
import com.neuralrouter.server.provider.http.UpstreamCalls.Expected;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;
import com.neuralrouter.server.secret.SecretBytes;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Clock;

/**
 * Speaks Bedrock's Converse and ConverseStream (Amazon Bedrock API reference, read 2026-11).
 * Requests are signed, or carry a Bedrock API key. Safe for all threads.
 */
public final class BedrockAdapter implements ProviderAdapter {
    private final ConverseWriter writer = new ConverseWriter();
    private final UpstreamCalls calls;
    private final AmazonSigner signer;

    public BedrockAdapter(UpstreamTimeouts timeouts, Clock clock) {
        this.calls = new UpstreamCalls(timeouts, clock, Expected.AMAZON_EVENTS);
        this.signer = new AmazonSigner(clock);
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.BEDROCK;
    }

    @Override
    public Service service(Endpoint endpoint, Operation operation) {
        return switch (operation) {
            case CHAT_COMPLETIONS, RESPONSES, MESSAGES -> Service.TRANSLATED;
            default -> Service.NONE;
        };
    }

    @Override
    public OpenResult open(ProviderCall call) {
        return switch (call.payload()) {
            case Payload.Verbatim _ -> throw new IllegalStateException("all is translated");
            case Payload.Translated translated ->
                    Translation.of(
                            call,
                            translated,
                            writer,
                            body -> post(call, body),
                            answer -> reply(call, answer));
        };
    }

    @Override
    public void close() {
        calls.close();
    }

    private OpenResult post(ProviderCall call, byte[] body) {
        String path =
                "/model/"
                        + PercentEncoding.segment(call.model())
                        + (call.stream() ? "/converse-stream" : "/converse");
        SecretBytes credential = call.credential();
        URI address = call.endpoint().baseUrl();
        boolean signs = call.endpoint().authentication() == Authentication.SIGNATURE;
        if (!signs || credential == null || address == null) {
            return calls.post(call, path, body);
        }
        String region = ProviderRules.amazonRegion(address, declared(call));
        AmazonSigner.Headers signature = signer.sign(address, region, path, body, credential);
        if (signature == null) {
            return new ProviderFailure.Rejected(
                    "the credential is no access key: its id, a colon, its secret", 401);
        }
        return calls.post(
                call,
                path,
                body,
                head -> {
                    head.header("x-amz-date: ", signature.time());
                    head.header("authorization: ", signature.authorization());
                });
    }

    private static @Nullable String declared(ProviderCall call) {
        return call.endpoint().destination().region();
    }

    private static OpenResult reply(ProviderCall call, ProviderAnswer answer) {
        return TranslatedReply.of(call, answer, AmazonEvents::new, new ConverseReader());
    }
}
