package com.neuralrouter.server.bootstrap;

import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.server.provider.ProviderAdapter;
import com.neuralrouter.server.provider.anthropic.AnthropicAdapter;
import com.neuralrouter.server.provider.azure.AzureAdapter;
import com.neuralrouter.server.provider.bedrock.BedrockAdapter;
import com.neuralrouter.server.provider.cohere.CohereAdapter;
import com.neuralrouter.server.provider.gemini.GeminiAdapter;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;
import com.neuralrouter.server.provider.loopback.LoopbackAdapter;
import com.neuralrouter.server.provider.ollama.OllamaAdapter;
import com.neuralrouter.server.provider.openai.OpenAiAdapter;

import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** The wire formats that providers speak. */
final class ProviderAdapters {
    /** One line for each. */
    private static final Map<
                    ProviderKind, BiFunction<UpstreamTimeouts, Clock, ? extends ProviderAdapter>>
            ALL =
                    Map.of(
                            ProviderKind.OPENAI,
                            OpenAiAdapter::new,
                            ProviderKind.ANTHROPIC,
                            AnthropicAdapter::new,
                            ProviderKind.AZURE,
                            AzureAdapter::new,
                            ProviderKind.BEDROCK,
                            BedrockAdapter::new,
                            ProviderKind.GEMINI,
                            GeminiAdapter::new,
                            ProviderKind.OLLAMA,
                            OllamaAdapter::new,
                            ProviderKind.COHERE,
                            CohereAdapter::new,
                            ProviderKind.LOOPBACK,
                            (_, clock) -> new LoopbackAdapter(clock));

    private ProviderAdapters() {}

    /** Those that a provider can be of. */
    static Set<ProviderKind> kinds() {
        return ALL.keySet();
    }

    /** An adapter for each. */
    static Map<ProviderKind, ProviderAdapter> open(
            UpstreamTimeouts timeouts, Clock clock, Parts parts) {
        var adapters = new EnumMap<ProviderKind, ProviderAdapter>(ProviderKind.class);
        ALL.forEach(
                (kind, adapter) -> adapters.put(kind, parts.add(adapter.apply(timeouts, clock))));
        return adapters;
    }
}
