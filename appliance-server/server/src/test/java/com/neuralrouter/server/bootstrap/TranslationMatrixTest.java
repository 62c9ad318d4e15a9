package com.neuralrouter.server.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.chat.Inexpressible;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.chat.ReplyWriter;
import com.neuralrouter.server.dialect.Dialect;
import com.neuralrouter.server.dialect.Dialects;
import com.neuralrouter.server.dialect.InferenceRequest;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.provider.ProviderAdapter;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderCall;
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.provider.ProviderReply;
import com.neuralrouter.server.provider.WholeBody;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;
import com.neuralrouter.server.secret.SecretBytes;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Every format of an app's against every format of a provider's, plain and as a stream: the answer
 * reaches the app as it was said, and what was asked reaches the provider, or the field is named
 * that cannot. Prints the table.
 */
class TranslationMatrixTest {
    private static final List<String> FEATURES =
            List.of("text", "tools", "image", "schema", "error");
    private static final Set<ProviderKind> KINDS =
            EnumSet.complementOf(EnumSet.of(ProviderKind.LOOPBACK));
    private static final Set<Operation> CHATS =
            EnumSet.of(Operation.CHAT_COMPLETIONS, Operation.RESPONSES, Operation.MESSAGES);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final RequestId REQUEST_ID = new RequestId(new UUID(7, 7));

    @Test
    void everyCellPassesOrIsRefusedByName() throws IOException {
        Map<String, Map<ProviderKind, String>> table = new LinkedHashMap<>();
        var timeouts = new UpstreamTimeouts(PATIENCE, PATIENCE, PATIENCE, PATIENCE);

        try (var parts = new Parts();
                FakeUpstream upstream = FakeUpstream.start()) {
            var adapters = ProviderAdapters.open(timeouts, Clock.systemUTC(), parts);
            for (Dialect dialect : Dialects.all().list()) {
                if (!CHATS.contains(dialect.operation())) {
                    continue;
                }
                for (boolean stream : new boolean[] {false, true}) {
                    for (String feature : FEATURES) {
                        var row = new LinkedHashMap<ProviderKind, String>();
                        for (ProviderKind kind : KINDS) {
                            var cell = new Cell(dialect, adapters.get(kind), stream, feature);
                            row.put(kind, cell.outcome(upstream));
                        }
                        table.put(
                                "%-16s %-6s %-6s"
                                        .formatted(
                                                dialect.operation().wire(),
                                                stream ? "stream" : "plain",
                                                feature),
                                row);
                    }
                }
            }
        }

        String printed = print(table);
        System.Logger log = System.getLogger(TranslationMatrixTest.class.getName());
        log.log(System.Logger.Level.INFO, () -> "translation matrix\n" + printed);
        assertThat(table).hasSize(CHATS.size() * 2 * FEATURES.size());
        assertThat(
                        table.values().stream()
                                .flatMap(row -> row.values().stream())
                                .filter(cell -> !cell.matches("passed|as it is|refused: [a-z_].*")))
                .as("cells that are neither\n%s", printed)
                .isEmpty();
    }

    private static String print(Map<String, Map<ProviderKind, String>> table) {
        var printed = new StringBuilder("%-30s".formatted(""));
        KINDS.forEach(kind -> printed.append(" %-12s".formatted(kind)));
        table.forEach((name, row) ->
                printed.append('\n')
                        .append(name)
                        .append(
                                row.values().stream()
                                        .map(" %-12s"::formatted)
                                        .collect(Collectors.joining())));
        return printed.toString();
    }

    /** One combination. */
    private record Cell(Dialect dialect, ProviderAdapter adapter, boolean stream, String feature) {

        String outcome(FakeUpstream upstream) throws IOException {
            boolean calls = feature.equals("tools");
            upstream.always(
                    feature.equals("error")
                            ? MatrixProviders.refusing(adapter.kind())
                            : MatrixProviders.answering(adapter.kind(), stream, calls));
            Operation operation = dialect.operation();
            InferenceRequest request =
                    dialect.read(
                            "application/json", MatrixApps.request(operation, stream, feature));
            var endpoint =
                    new Endpoint(
                            new ProviderId(new UUID(0, adapter.kind().ordinal())),
                            "upstream",
                            adapter.kind(),
                            upstream.baseUrl(),
                            Authentication.BEARER,
                            null);
            try {
                Payload payload =
                        switch (adapter.service(endpoint, operation)) {
                            case VERBATIM -> request.verbatim("up", OptionalInt.empty());
                            case TRANSLATED -> request.translated(OptionalInt.empty());
                            case NONE -> throw new Inexpressible("no", "service");
                        };
                String outcome = answer(request, call(endpoint, payload));
                String asked = upstream.requests().getLast().text();
                return outcome.startsWith("refused") || asksFor(asked)
                        ? outcome
                        : "the provider was not asked for the " + feature;
            } catch (Inexpressible missing) {
                return "refused: " + missing.field();
            }
        }

        private ProviderCall call(Endpoint endpoint, Payload payload) {
            return new ProviderCall(
                    REQUEST_ID,
                    endpoint,
                    dialect.operation(),
                    "up",
                    payload,
                    stream,
                    SecretBytes.copyOf("credential".getBytes(UTF_8)),
                    System.nanoTime() + PATIENCE.toNanos());
        }

        private boolean asksFor(String asked) {
            return switch (feature) {
                case "tools" -> asked.contains("weather") && asked.contains("city");
                case "image" -> asked.contains(MatrixApps.PNG);
                case "schema" -> asked.contains("city");
                default -> asked.contains("Hi");
            };
        }

        private String answer(InferenceRequest request, ProviderCall call) throws IOException {
            return switch (adapter.open(call)) {
                case ProviderAnswer answer -> {
                    String body = new String(WholeBody.of(answer), UTF_8);
                    yield feature.equals("error")
                            ? errorReached(answer.status(), body, "as it is")
                            : reached(body, "as it is");
                }
                case ProviderReply reply -> reached(written(request, reply), "passed");
                case ProviderFailure.RequestRefused refused ->
                        errorReached(refused.status(), refused.message(), "passed");
                case ProviderFailure.Untranslatable missing -> "refused: " + missing.field();
                case ProviderFailure failure -> failure.toString();
            };
        }

        private String written(InferenceRequest request, ProviderReply reply) throws IOException {
            ReplyWriter writer = request.reply(REQUEST_ID, 1);
            var out = new ByteArrayOutputStream();
            try (reply) {
                for (ReplyEvent event; (event = reply.next()) != null; ) {
                    out.writeBytes(writer.event(event));
                }
            }
            return stream ? out.toString(UTF_8) : new String(writer.whole(), UTF_8);
        }

        private String reached(String body, String how) {
            String read = MatrixApps.read(dialect.operation(), stream, body);
            String said = feature.equals("tools") ? MatrixProviders.CALL : MatrixProviders.TEXT;
            return read.equals(said) ? how : "read '" + read + "'";
        }

        private String errorReached(int status, String words, String how) {
            return status == 400 && words.contains(MatrixProviders.REFUSAL)
                    ? how
                    : status + " " + words;
        }
    }
}
