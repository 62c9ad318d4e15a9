package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.ConversationReader;
import com.neuralrouter.server.chat.MalformedChat;
import com.neuralrouter.server.provider.Payload;

import java.util.OptionalInt;

/** What the requests of all chat operations have in common when they are translated. */
final class ChatTranslation {
    private ChatTranslation() {}

    /**
     * Reads the body as a conversation.
     *
     * @param capField what the app would have called the cap
     */
    static Payload.Translated of(
            byte[] body, ConversationReader reader, OptionalInt cap, String capField) {
        try {
            Conversation conversation = reader.read(BodyTree.of(body));
            return new Payload.Translated(
                    cap.isPresent() ? conversation.capped(capField, cap.getAsInt()) : conversation);
        } catch (MalformedChat wrong) {
            throw InferenceRefused.field(
                    ProblemCode.INVALID_FIELD,
                    wrong.field(),
                    "'" + wrong.field() + "' " + wrong.why() + ".");
        }
    }
}
