package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.server.dialect.MultipartForm.Part;
import com.neuralrouter.server.policy.PolicyFacts;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.provider.UsageObserver;
import com.neuralrouter.server.provider.UsageObserver.Format;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * OpenAI's {@code POST /v1/audio/transcriptions}: a form with a sound in it (OpenAI API reference,
 * "Create transcription", and vLLM's "Transcriptions API", read 2026-11). It is passed on as it
 * came, with the model's name at the provider, to providers that have it.
 */
final class OpenAiTranscriptions implements Dialect {
    /** What a form can have once. */
    private static final Set<String> FIELDS =
            Set.of(
                    "file",
                    "model",
                    "language",
                    "prompt",
                    "response_format",
                    "temperature",
                    "stream",
                    "chunking_strategy",
                    "to_language",
                    "seed",
                    "top_p",
                    "top_k",
                    "min_p",
                    "frequency_penalty",
                    "presence_penalty",
                    "repetition_penalty");

    /** What it can have several times. */
    private static final Set<String> LISTS =
            Set.of(
                    "timestamp_granularities[]",
                    "include[]",
                    "keywords[]",
                    "languages[]",
                    "known_speaker_names[]",
                    "known_speaker_references[]");

    /** The members of {@code chunking_strategy}, if it is an object. */
    private static final String STRATEGY = "chunking_strategy[";

    private final OpenAiErrors errors = new OpenAiErrors();

    @Override
    public Operation operation() {
        return Operation.TRANSCRIPTIONS;
    }

    @Override
    public String path() {
        return "/v1/audio/transcriptions";
    }

    @Override
    public ApiErrors errors() {
        return errors;
    }

    @Override
    public String mediaType() {
        return "multipart/form-data";
    }

    @Override
    public boolean takes(String contentType) {
        return MultipartForm.isForm(contentType);
    }

    @Override
    public InferenceRequest read(String contentType, byte[] body) {
        MultipartForm form = MultipartForm.read(contentType, body);
        var seen = new HashSet<String>();
        Part model = null;
        Part file = null;
        boolean stream = false;
        for (Part part : form.parts()) {
            String name = part.head().name();
            requireKnown(name);
            BodyFields.require(seen.add(name) || LISTS.contains(name), name, "is there twice");
            BodyFields.require(
                    part.head().file() == name.equals("file"),
                    name,
                    name.equals("file") ? "must be a file, with a file name" : "must be no file");
            switch (name) {
                case "model" -> model = part;
                case "file" -> file = part;
                case "stream" -> stream = bool(name, form.text(part));
                default -> form.text(part);
            }
        }
        if (file == null || file.at().to() == file.at().from()) {
            throw BodyFields.refused("file", "is required: a sound");
        }
        return new Request(form, body, model(form, model), stream, file);
    }

    private static void requireKnown(String name) {
        boolean known =
                FIELDS.contains(name)
                        || LISTS.contains(name)
                        || name.startsWith(STRATEGY) && name.endsWith("]");
        BodyFields.require(known, name, "is no field of a transcription here");
    }

    private static boolean bool(String name, String value) {
        BodyFields.require(
                value.equals("true") || value.equals("false"), name, "must be true or false");
        return value.equals("true");
    }

    private static Model model(MultipartForm form, @Nullable Part part) {
        if (part == null) {
            throw BodyFields.modelMissing();
        }
        String name = form.text(part);
        BodyFields.requireModel(name);
        return new Model(name, part.at());
    }

    /** The public model name, and where it stands. */
    private record Model(String name, Range at) {}

    private record Request(MultipartForm form, byte[] content, Model its, boolean stream, Part file)
            implements InferenceRequest {
        /**
         * Of a sound. Speech takes 2,000 bytes a second or more, and no model makes more than 50
         * tokens of a second of it (Whisper: 1,500 for 30 seconds): rather too many than too few.
         */
        private static final int BYTES_OF_TOKEN = 40;

        /** Of the fields beside it. */
        private static final int BYTES_OF_TEXT_TOKEN = 3;

        @Override
        public String model() {
            return its.name();
        }

        @Override
        public boolean readable() {
            return false;
        }

        @Override
        public long inputTokens() {
            int sound = file.at().to() - file.at().from();
            return sound / BYTES_OF_TOKEN + (content.length - sound) / BYTES_OF_TEXT_TOKEN + 1;
        }

        @Override
        public long outputTokens() {
            return PolicyFacts.NOT_REQUESTED;
        }

        @Override
        public Payload.Verbatim verbatim(String upstreamModel, OptionalInt cap) {
            return new Payload.Verbatim(form.contentType(), form.with(its.at(), upstreamModel));
        }

        @Override
        public UsageObserver observer() {
            return UsageObserver.of(Format.RESPONSES, stream);
        }

        /** Shows no content. */
        @Override
        public String toString() {
            return "Transcription[bytes=" + content.length + "]";
        }
    }
}
