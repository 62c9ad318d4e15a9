package com.neuralrouter.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.ExactJson;
import com.neuralrouter.server.chat.Inexpressible;
import com.neuralrouter.server.chat.openai.OpenAiConversationWriter;
import com.neuralrouter.server.detect.ShippedDetectors;
import com.neuralrouter.server.dialect.Dialect;
import com.neuralrouter.server.dialect.Dialects;
import com.neuralrouter.server.dialect.InferenceRefused;
import com.neuralrouter.server.dialect.InferenceRequest;
import com.neuralrouter.server.guardrail.GuardedExchange;
import com.neuralrouter.server.guardrail.GuardrailCounts;
import com.neuralrouter.server.guardrail.Guardrails;

import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/**
 * Bodies of requests: the first byte says of which operation. Whatever is not refused is what
 * another parser reads too, and what is sent on is what came, but for the model's name; and it goes
 * through guardrails and into another format, or is refused by name there.
 */
public final class RequestFuzz {
    static final List<Dialect> DIALECTS =
            Dialects.all().list().stream()
                    .filter(dialect -> dialect.takes("application/json"))
                    .sorted(Comparator.comparing(Dialect::path))
                    .toList();
    private static final String ELSEWHERE = "elsewhere/model";
    private static final JsonMapper OTHER =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    private static final OpenAiConversationWriter WRITER =
            new OpenAiConversationWriter(OpenAiConversationWriter.Server.COMPATIBLE);
    private static final Guardrails GUARDRAILS =
            new Guardrails(ShippedDetectors.catalogue(), new GuardrailCounts());
    private static final RequestId ID = new RequestId(new UUID(1, 2));

    private RequestFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        Dialect dialect = DIALECTS.get((data[0] & 0xff) % DIALECTS.size());
        byte[] body = Arrays.copyOfRange(data, 1, data.length);
        InferenceRequest request;
        try {
            request = dialect.read("application/json", body);
        } catch (InferenceRefused refused) {
            assertThat(refused.detail()).isNotBlank();
            return;
        }
        ObjectNode seen = (ObjectNode) OTHER.readTree(body);
        assertThat(request.model()).isEqualTo(seen.path("model").asString());
        assertThat(request.stream()).isEqualTo(seen.path("stream").asBoolean(false));
        JsonNode sent = OTHER.readTree(request.verbatim(ELSEWHERE, OptionalInt.empty()).body());
        assertThat(withoutUsage(sent)).isEqualTo(withoutUsage(seen.put("model", ELSEWHERE)));
        guard(dialect, request);
        translate(request);
    }

    /** The appliance asks for a stream's usage, whether the app did or not. */
    private static JsonNode withoutUsage(JsonNode body) {
        ObjectNode copy = (ObjectNode) body.deepCopy();
        if (copy.path("stream").asBoolean(false)) {
            copy.remove("stream_options");
        }
        return copy;
    }

    /** The guard rewrites what it lets through; it is slow, so it does not look at all. */
    private static void guard(Dialect dialect, InferenceRequest request) {
        if (request.content().length % 8 == 0) {
            try {
                GuardedExchange exchange =
                        GUARDRAILS.begin(Set.of("pii:mask", "schema"), dialect.operation(), ID);
                assertThat(exchange.request(dialect, request).model()).isEqualTo(request.model());
            } catch (InferenceRefused refused) {
                assertThat(refused.detail()).isNotBlank();
            }
        }
    }

    private static void translate(InferenceRequest request) {
        try {
            Conversation chat = request.translated(OptionalInt.empty()).conversation();
            OTHER.readTree(ExactJson.write(WRITER.write(chat, ELSEWHERE)));
        } catch (InferenceRefused | Inexpressible | UnsupportedOperationException _) {
            // Each of these is answered by name.
        }
    }
}
