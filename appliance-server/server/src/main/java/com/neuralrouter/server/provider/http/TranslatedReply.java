package com.neuralrouter.server.provider.http;

import com.neuralrouter.server.chat.ExactJson;
import com.neuralrouter.server.chat.MalformedChat;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.chat.ReplyReader;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderCall;
import com.neuralrouter.server.provider.ProviderReply;
import com.neuralrouter.server.provider.WholeBody;
import com.neuralrouter.server.provider.http.Framing.Message;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.function.Function;

/**
 * An answer in a provider's format as a sequence of events, whether it comes as a stream or whole.
 * Read by one thread.
 */
public final class TranslatedReply implements ProviderReply {
    /** How OpenAI's streams end; it is no JSON. */
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final ProviderAnswer answer;
    private final @Nullable Framing framing;
    private final ReplyReader reader;
    private final Queue<ReplyEvent> ready = new ArrayDeque<>();
    private boolean over;

    private TranslatedReply(ProviderAnswer answer, @Nullable Framing framing, ReplyReader reader) {
        this.answer = answer;
        this.framing = framing;
        this.reader = reader;
    }

    /**
     * An answer as the call asked for it.
     *
     * @param framing how the provider's streams are framed
     */
    public static ProviderReply of(
            ProviderCall call,
            ProviderAnswer answer,
            Function<ProviderAnswer, Framing> framing,
            ReplyReader reader) {
        return call.stream()
                ? stream(answer, framing.apply(answer), reader)
                : whole(answer, reader);
    }

    /** An answer that comes message by message. */
    public static ProviderReply stream(ProviderAnswer answer, Framing framing, ReplyReader reader) {
        return new TranslatedReply(answer, framing, reader);
    }

    /** An answer that is one JSON text. */
    private static ProviderReply whole(ProviderAnswer answer, ReplyReader reader) {
        return new TranslatedReply(answer, null, reader);
    }

    @Override
    public @Nullable ReplyEvent next() throws IOException {
        while (ready.isEmpty() && !over) {
            try {
                readOn();
            } catch (MalformedChat | JacksonException _) {
                // Neither says more than that: both might quote the answer.
                throw UpstreamException.badReply("the answer cannot be understood");
            }
        }
        return ready.poll();
    }

    private void readOn() throws IOException {
        if (framing == null) {
            over = true;
            byte[] body = WholeBody.of(answer);
            reader.whole(ExactJson.read(body), ready::add);
            return;
        }
        Message message = framing.next();
        if (message == null || isDone(message)) {
            over = true;
            reader.end(ready::add);
            readToTheEnd(message);
            return;
        }
        JsonNode json = ExactJson.read(message.data(), message.at(), message.length());
        reader.message(message.name(), json, ready::add);
    }

    /** So that the connection can be kept. */
    private void readToTheEnd(@Nullable Message last) throws IOException {
        if (last != null && framing != null && framing.next() != null) {
            answer.close();
        }
    }

    private static boolean isDone(Message message) {
        return Arrays.equals(
                message.data(),
                message.at(),
                message.at() + message.length(),
                DONE,
                0,
                DONE.length);
    }

    @Override
    public void close() {
        answer.close();
    }
}
