package com.neuralrouter.server.inference;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.dialect.InferenceRequest;
import com.neuralrouter.server.dialect.OpenAiChat;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.ListsModels;
import com.neuralrouter.server.provider.OpenResult;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.provider.ProviderAdapter;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderCall;
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.provider.ProviderReply;
import com.neuralrouter.server.provider.WholeBody;
import com.neuralrouter.server.route.Prober;
import com.neuralrouter.server.route.Terms.Probing;
import com.neuralrouter.server.secret.SecretBytes;
import com.neuralrouter.server.snapshot.Snapshots;
import com.neuralrouter.server.snapshot.WorkspaceView;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * Probes providers through their adapters: by the list of their models, or by a completion of one
 * token. A provider that wants a credential is shown the one of the workspace that has had one
 * longest. A provider whose credential is refused is there. Safe for all threads.
 */
public final class AdapterProber implements Prober {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Map<ProviderKind, ProviderAdapter> adapters;
    private final Snapshots snapshots;
    private final Ids ids;
    private final OpenAiChat dialect = OpenAiChat.chat();

    public AdapterProber(
            Map<ProviderKind, ProviderAdapter> adapters, Snapshots snapshots, Ids ids) {
        this.adapters = Map.copyOf(adapters);
        this.snapshots = snapshots;
        this.ids = ids;
    }

    @Override
    public @Nullable Probed probe(Endpoint endpoint, Probing.Kind kind, String model) {
        long began = System.nanoTime();
        OpenResult result =
                switch (kind) {
                    case NONE -> null;
                    case MODELS -> models(endpoint, began);
                    case COMPLETION -> completion(endpoint, model, began);
                };
        if (result == null) {
            return null;
        }
        String wrong = wrong(result);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        return new Probed(wrong == null, millis, wrong == null ? "it answered" : wrong);
    }

    private @Nullable OpenResult models(Endpoint endpoint, long began) {
        return adapters.get(endpoint.kind()) instanceof ListsModels lists
                ? lists.models(
                        ids.nextRequest(),
                        endpoint,
                        credential(endpoint),
                        began + DEADLINE.toNanos())
                : null;
    }

    private @Nullable OpenResult completion(Endpoint endpoint, String model, long began) {
        ProviderAdapter adapter = adapters.get(endpoint.kind());
        RequestId id = ids.nextRequest();
        Payload payload = adapter == null ? null : payload(adapter, endpoint, model);
        return adapter == null || payload == null
                ? null
                : adapter.open(
                        new ProviderCall(
                                id,
                                endpoint,
                                Operation.CHAT_COMPLETIONS,
                                model,
                                payload,
                                false,
                                credential(endpoint),
                                began + DEADLINE.toNanos()));
    }

    private @Nullable Payload payload(ProviderAdapter adapter, Endpoint endpoint, String model) {
        InferenceRequest request =
                dialect.read(
                        "application/json",
                        "{\"model\":\"probe\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"1\"}]}"
                                .getBytes(StandardCharsets.US_ASCII));
        return switch (adapter.service(endpoint, Operation.CHAT_COMPLETIONS)) {
            case VERBATIM -> request.verbatim(model, OptionalInt.empty());
            case TRANSLATED -> request.translated(OptionalInt.empty());
            case NONE -> null;
        };
    }

    /** What is wrong with the provider; null if nothing is. */
    private static @Nullable String wrong(OpenResult result) {
        return switch (result) {
            case ProviderFailure.Rejected rejected ->
                    switch (rejected.status()) {
                        case 401, 402, 403, 404, 405 -> null;
                        default -> rejected.reason();
                    };
            case ProviderFailure.Throttled _, ProviderFailure.RequestRefused _ -> null;
            case ProviderFailure failure -> failure.reason();
            case ProviderAnswer answer -> {
                try (answer) {
                    WholeBody.of(answer);
                    yield null;
                } catch (IOException broken) {
                    yield Calls.failure(broken).reason();
                }
            }
            case ProviderReply reply -> {
                reply.close();
                yield null;
            }
        };
    }

    private @Nullable SecretBytes credential(Endpoint endpoint) {
        return snapshots.current().workspaces().values().stream()
                .filter(workspace -> !workspace.suspended())
                .filter(workspace -> workspace.credentials().containsKey(endpoint.id()))
                .min(Comparator.comparing(WorkspaceView::id))
                .flatMap(workspace -> workspace.credential(endpoint.id()))
                .orElse(null);
    }
}
