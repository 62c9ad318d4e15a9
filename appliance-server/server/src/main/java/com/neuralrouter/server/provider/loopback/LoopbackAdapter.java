package com.neuralrouter.server.provider.loopback;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.ListsModels;
import com.neuralrouter.server.provider.OpenResult;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.provider.ProviderAdapter;
import com.neuralrouter.server.provider.ProviderCall;
import com.neuralrouter.server.provider.Service;
import com.neuralrouter.server.secret.SecretBytes;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;

/**
 * Answers chat completions by itself, so that an installation can be accepted with no model at
 * hand. It is no model: the same request always gets the same short text, which begins by saying
 * that it is the loopback and quotes nothing of the request. What it cannot do is refused by name.
 * It reaches nothing and can be reached only through a route that names its endpoint. Safe for all
 * threads.
 */
public final class LoopbackAdapter implements ProviderAdapter, ListsModels {
    private static final byte[] NO_MODELS = "{\"data\":[]}".getBytes(UTF_8);

    private final Clock clock;
    private final JsonMapper json = JsonMapper.builder().build();

    public LoopbackAdapter(Clock clock) {
        this.clock = clock;
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.LOOPBACK;
    }

    @Override
    public Service service(Endpoint endpoint, Operation operation) {
        return operation == Operation.CHAT_COMPLETIONS ? Service.VERBATIM : Service.NONE;
    }

    @Override
    public OpenResult open(ProviderCall call) {
        if (!(call.payload() instanceof Payload.Verbatim verbatim)) {
            throw new IllegalStateException("the loopback is asked in OpenAI's format");
        }
        var writer = new LoopbackWriter(json, call, clock.instant().getEpochSecond());
        try {
            LoopbackChat chat = LoopbackChat.read(parse(verbatim.body()), call.stream());
            return call.stream() ? writer.stream(chat) : writer.completion(chat);
        } catch (LoopbackRefusal refusal) {
            return writer.refusal(refusal);
        }
    }

    /** There is nobody to ask: as long as the appliance is there, it is. */
    @Override
    public OpenResult models(
            RequestId id, Endpoint endpoint, @Nullable SecretBytes credential, long deadline) {
        return LoopbackAnswer.whole(200, "application/json", NO_MODELS);
    }

    /** There is nothing to close. */
    @Override
    public void close() {}

    private JsonNode parse(byte[] body) throws LoopbackRefusal {
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            // The exception quotes the request, so it goes no further.
            throw new LoopbackRefusal(null, "invalid_json", "the body is not JSON");
        }
    }
}
