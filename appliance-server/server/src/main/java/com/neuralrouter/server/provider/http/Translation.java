package com.neuralrouter.server.provider.http;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.server.chat.ConversationWriter;
import com.neuralrouter.server.chat.Inexpressible;
import com.neuralrouter.server.provider.OpenResult;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderCall;
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.provider.WholeBody;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.util.function.Function;

/**
 * What adapters have in common when they put a chat into their provider's format. Without state.
 */
public final class Translation {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST_MESSAGE = 2_000;

    private Translation() {}

    /** Whether the operation is a chat, whose requests and answers can be translated. */
    public static boolean isChat(Operation operation) {
        return operation == Operation.CHAT_COMPLETIONS
                || operation == Operation.RESPONSES
                || operation == Operation.MESSAGES;
    }

    /**
     * Writes the chat, sends it if the format has words for all of it, and reads the answer.
     *
     * @param send posts the body
     * @param reply reads a good answer
     */
    public static OpenResult of(
            ProviderCall call,
            Payload.Translated chat,
            ConversationWriter writer,
            Function<byte[], OpenResult> send,
            Function<ProviderAnswer, OpenResult> reply) {
        return of(call, chat, writer, send, reply, _ -> null);
    }

    /**
     * As {@link #of(ProviderCall, Payload.Translated, ConversationWriter, Function, Function)}, for
     * a provider that answers 400 when the request is not to blame.
     *
     * @param blame what is wrong if that is the body of such an answer, else null
     */
    public static OpenResult of(
            ProviderCall call,
            Payload.Translated chat,
            ConversationWriter writer,
            Function<byte[], OpenResult> send,
            Function<ProviderAnswer, OpenResult> reply,
            Function<JsonNode, @Nullable ProviderFailure> blame) {
        byte[] body;
        try {
            body = JSON.writeValueAsBytes(writer.write(chat.conversation(), call.model()));
        } catch (Inexpressible missing) {
            return new ProviderFailure.Untranslatable(missing.field(), missing.why());
        }
        return judge(send.apply(body), reply, blame);
    }

    private static OpenResult judge(
            OpenResult opened,
            Function<ProviderAnswer, OpenResult> reply,
            Function<JsonNode, @Nullable ProviderFailure> blame) {
        if (!(opened instanceof ProviderAnswer answer)) {
            return opened;
        }
        if (!UpstreamCalls.refusesRequest(answer.status())) {
            return reply.apply(answer);
        }
        try (answer) {
            JsonNode body = JSON.readTree(WholeBody.of(answer));
            ProviderFailure blamed = blame.apply(body);
            return blamed != null
                    ? blamed
                    : new ProviderFailure.RequestRefused(answer.status(), message(body));
        } catch (IOException | JacksonException _) {
            return new ProviderFailure.RequestRefused(answer.status(), "");
        }
    }

    /**
     * Where providers put their sentence: {@code error.message}, {@code error}, {@code message}.
     */
    private static String message(JsonNode body) {
        JsonNode error = body.path("error");
        JsonNode message =
                error.isObject()
                        ? error.path("message")
                        : error.isString() ? error : body.path("message");
        String text = message.asString("");
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE);
    }
}
