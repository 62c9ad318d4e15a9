package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.server.provider.UsageObserver.Format;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations that the appliance serves, by their paths. Immutable. */
public final class Dialects {
    private final Map<String, Dialect> byPath = new LinkedHashMap<>();
    private final ApiErrors elsewhere = new OpenAiErrors();

    public Dialects(List<Dialect> dialects) {
        for (Dialect dialect : dialects) {
            if (byPath.putIfAbsent(dialect.path(), dialect) != null) {
                throw new IllegalArgumentException(dialect.path() + " is served twice");
            }
        }
    }

    /**
     * All that there are: one line for each operation, and one more for a second API that has it.
     */
    public static Dialects all() {
        return new Dialects(
                List.of(
                        OpenAiChat.chat(),
                        OpenAiChat.completions(),
                        new OpenAiResponses(),
                        AnthropicMessages.create(),
                        AnthropicMessages.countTokens(),
                        new PassedOn(
                                Operation.EMBEDDINGS, "/v1/embeddings", Format.OPENAI, "input"),
                        new PassedOn(
                                Operation.MODERATIONS, "/v1/moderations", Format.OPENAI, "input"),
                        new PassedOn(
                                Operation.IMAGES,
                                "/v1/images/generations",
                                Format.RESPONSES,
                                "prompt"),
                        new PassedOn(
                                Operation.SPEECH,
                                "/v1/audio/speech",
                                Format.OPENAI,
                                "input",
                                "voice"),
                        new OpenAiTranscriptions(),
                        new PassedOn(
                                Operation.RERANK,
                                "/v1/rerank",
                                Format.OPENAI,
                                "query",
                                "documents"),
                        new PassedOn(
                                Operation.RERANK,
                                "/v2/rerank",
                                Format.OPENAI,
                                new CohereErrors(),
                                "query",
                                "documents")));
    }

    /** How a path's API says that it refuses: as the operation there does, or what is above it. */
    public ApiErrors errors(String path) {
        for (Dialect dialect : byPath.values()) {
            if (path.equals(dialect.path()) || path.startsWith(dialect.path() + "/")) {
                return dialect.errors();
            }
        }
        return elsewhere;
    }

    public Optional<Dialect> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    public Collection<Dialect> list() {
        return byPath.values();
    }
}
