package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.server.provider.FakeUpstream;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.MultipartField;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.models.audio.AudioResponseFormat;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionStreamEvent;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.moderations.ModerationCreateParams;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What OpenAI's SDK for Java does with sounds, images and moderations, through the appliance. */
class OpenAiOtherSdkIT {
    private static final String MODEL = "house-model";

    @TempDir private static Path folder;
    private static RunningSite site;
    private static FakeUpstream upstream;
    private static String key;

    @BeforeAll
    static void start() throws IOException {
        upstream = FakeUpstream.start();
        site = RunningSite.start(folder.resolve("site"));
        key =
                site.openFor(
                        MODEL,
                        List.of(
                                new ProviderDocument(
                                        "upstream-1",
                                        ProviderKind.OPENAI,
                                        upstream.baseUrl().toString(),
                                        Authentication.NONE,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        List.of(Operation.TRANSCRIPTIONS, Operation.SPEECH),
                                        null,
                                        null)));
    }

    @AfterAll
    static void stop() throws IOException {
        site.close();
        upstream.close();
    }

    @Test
    void transcribesASound() throws IOException {
        upstream.next(
                FakeUpstream.json(
                        "{\"text\":\"Good morning.\",\"usage\":{\"type\":\"tokens\","
                                + "\"input_tokens\":9,\"output_tokens\":3,\"total_tokens\":12}}"));

        var answer =
                client().audio()
                        .transcriptions()
                        .create(
                                sound().language("en")
                                        .prompt("A greeting.")
                                        .temperature(0.5)
                                        .addInclude(
                                                com.openai.models.audio.transcriptions
                                                        .TranscriptionInclude.LOGPROBS)
                                        .build());

        assertThat(answer.asTranscription().text()).isEqualTo("Good morning.");
        assertThat(upstream.requests().getLast().text())
                .contains("name=\"file\"; filename=\"a.wav\"")
                .contains("RIFF");
    }

    @Test
    void transcribesASoundWithTheTimesOfWords() throws IOException {
        upstream.next(
                FakeUpstream.json(
                        """
                        {"task":"transcribe","language":"english","duration":1.5,"text":"Hi there",
                         "words":[{"word":"Hi","start":0.0,"end":0.4}],"segments":[]}
                        """));

        var answer =
                client().audio()
                        .transcriptions()
                        .create(
                                sound().responseFormat(AudioResponseFormat.VERBOSE_JSON)
                                        .addTimestampGranularity(
                                                TranscriptionCreateParams.TimestampGranularity.WORD)
                                        .addTimestampGranularity(
                                                TranscriptionCreateParams.TimestampGranularity
                                                        .SEGMENT)
                                        .build());

        assertThat(answer.asVerbose().words().orElseThrow()).hasSize(1);
    }

    @Test
    void streamsATranscript() throws IOException {
        upstream.next(
                FakeUpstream.events(
                        "{\"type\":\"transcript.text.delta\",\"delta\":\"Good \"}",
                        "{\"type\":\"transcript.text.delta\",\"delta\":\"morning.\"}",
                        "{\"type\":\"transcript.text.done\",\"text\":\"Good morning.\"}"));

        var text = new StringBuilder();
        try (StreamResponse<TranscriptionStreamEvent> stream =
                client().audio().transcriptions().createStreaming(sound().build())) {
            stream.stream()
                    .flatMap(event -> event.transcriptTextDelta().stream())
                    .forEach(delta -> text.append(delta.delta()));
        }

        assertThat(text).hasToString("Good morning.");
    }

    @Test
    void raisesWhatTheProviderSaysOfItsSound() throws IOException {
        upstream.next(
                FakeUpstream.status(
                        400,
                        "content-type: application/json",
                        "{\"error\":{\"message\":\"no sound\",\"type\":\"x\",\"code\":\"y\"}}"));
        OpenAIClient client = client();
        TranscriptionCreateParams asked = sound().build();

        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> client.audio().transcriptions().create(asked))
                .withMessageContaining("no sound");
    }

    @Test
    void speaks() throws IOException {
        upstream.next(FakeUpstream.status(200, "content-type: audio/mpeg", "ID3-sound"));

        try (HttpResponse answer =
                client().audio()
                        .speech()
                        .create(
                                SpeechCreateParams.builder()
                                        .model(MODEL)
                                        .input("Good morning.")
                                        .voice("alloy")
                                        .build())) {
            assertThat(answer.body().readAllBytes())
                    .isEqualTo("ID3-sound".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void makesAnImage() throws IOException {
        upstream.next(FakeUpstream.json("{\"created\":1,\"data\":[{\"b64_json\":\"AA==\"}]}"));

        var answer =
                client().images()
                        .generate(
                                ImageGenerateParams.builder()
                                        .model(MODEL)
                                        .prompt("a square")
                                        .build());

        assertThat(answer.data().orElseThrow().getFirst().b64Json()).contains("AA==");
    }

    @Test
    void moderates() throws IOException {
        upstream.next(
                FakeUpstream.json(
                        "{\"id\":\"m\",\"model\":\"m\",\"results\":[{\"flagged\":true}]}"));

        var answer =
                client().moderations()
                        .create(
                                ModerationCreateParams.builder()
                                        .model(MODEL)
                                        .input("Good morning.")
                                        .build());

        assertThat(answer.results().getFirst().flagged()).isTrue();
    }

    @Test
    void completesAText() throws IOException {
        upstream.next(
                FakeUpstream.json(
                        """
                        {"id":"c","object":"text_completion","created":1,"model":"m","choices":[
                        {"index":0,"text":" morning.","finish_reason":"stop","logprobs":null}]}
                        """));

        var answer =
                client().completions()
                        .create(
                                CompletionCreateParams.builder()
                                        .model(MODEL)
                                        .prompt("Good")
                                        .build());

        assertThat(answer.choices().getFirst().text()).isEqualTo(" morning.");
    }

    private static TranscriptionCreateParams.Builder sound() {
        var wave = "RIFF\0\0a sound".getBytes(StandardCharsets.US_ASCII);
        return TranscriptionCreateParams.builder()
                .model(MODEL)
                .file(
                        MultipartField.<InputStream>builder()
                                .value(new ByteArrayInputStream(wave))
                                .filename("a.wav")
                                .contentType("audio/wav")
                                .build());
    }

    private static OpenAIClient client() throws IOException {
        SiteTrust trust = site.trust();
        return OpenAIOkHttpClient.builder()
                .baseUrl(site.inferenceUrl() + "/v1")
                .apiKey(key)
                .sslSocketFactory(trust.context().getSocketFactory())
                .trustManager(trust.manager())
                .maxRetries(0)
                .build();
    }
}
