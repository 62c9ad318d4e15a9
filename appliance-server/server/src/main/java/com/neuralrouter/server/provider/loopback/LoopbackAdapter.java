package com.neuralrouter.server.provider.loopback;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.chat.ConversationWriter;
import com.neuralrouter.server.chat.openai.OpenAiConversationWriter;
import com.neuralrouter.server.chat.openai.OpenAiConversationWriter.Server;
import com.neuralrouter.server.chat.openai.OpenAiReplyReader;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.ListsModels;
import com.neuralrouter.server.provider.OpenResult;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.provider.ProviderAdapter;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderCall;
import com.neuralrouter.server.provider.Service;
import com.neuralrouter.server.provider.http.ServerSentEvents;
import com.neuralrouter.server.provider.http.TranslatedReply;
import com.neuralrouter.server.provider.http.Translation;
import com.neuralrouter.server.secret.SecretBytes;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;

/**
 * Answers chats by itself, so that an installation can be accepted with no model at hand: chat
 * completions as they come, and chats of other APIs put into them, as for a local server. It is no
 * model: the same request always gets the same short text, which begins by saying that it is the
 * loopback and quotes nothing of the request. What it cannot do is refused by name. It reaches
 * nothing and can be reached only through a route that names its endpoint. Safe for all threads.
 */
public final class LoopbackAdapter implements ProviderAdapter, ListsModels {
    private static final ConversationWriter WRITER =
            new OpenAiConversationWriter(Server.COMPATIBLE);
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
        if (operation == Operation.CHAT_COMPLETIONS) {
            return Service.VERBATIM;
        }
        return Translation.isChat(operation) ? Service.TRANSLATED : Service.NONE;
    }

    @Override
    public boolean takesThoughts() {
        return false;
    }

    @Override
    public OpenResult open(ProviderCall call) {
        return switch (call.payload()) {
            case Payload.Verbatim verbatim -> answer(call, verbatim.body());
            case Payload.Translated chat ->
                    Translation.of(
                            call,
                            chat,
                            WRITER,
                            body -> answer(call, body),
                            answer -> reply(call, answer));
        };
    }

    private static OpenResult reply(ProviderCall call, ProviderAnswer answer) {
        return TranslatedReply.of(call, answer, ServerSentEvents::new, new OpenAiReplyReader());
    }

    private OpenResult answer(ProviderCall call, byte[] body) {
        var writer = new LoopbackWriter(json, call, clock.instant().getEpochSecond());
        try {
            LoopbackChat chat = LoopbackChat.read(parse(body), call.stream());
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
