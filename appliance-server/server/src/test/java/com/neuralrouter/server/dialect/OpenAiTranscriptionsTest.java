package com.neuralrouter.server.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.provider.Payload;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/** Which forms with a sound are read, how they are sent on, and which are refused. */
class OpenAiTranscriptionsTest {
    private static final String TYPE = "multipart/form-data; boundary=b-1";
    private static final String FILE =
            field(
                    "file\"; filename=\"a.wav",
                    "RIFF\r\n\0\u00ff--b\r\n-",
                    "Content-Type: audio/wav");

    private static final List<String> READ_IN_TWO_WAYS =
            List.of(
                    "preamble\r\n{model}{file}{end}",
                    "\r\n{model}{file}{end}",
                    "{model}{file}{end}\r\nepilogue",
                    "{model}{file}{end}\r\n\r\n",
                    "{model}{file}{end} ",
                    "{model}{file}{end}\n",
                    "{model}{file}",
                    "{model}{file}--b-1\r\n",
                    "{model}{file}--b-1 --",
                    "{file}--b-1 \r\n"
                            + "Content-Disposition: form-data; name=\"model\"\r\n\r\n"
                            + "m\r\n"
                            + "{end}",
                    "{file}--b-1\nContent-Disposition: form-data; name=\"model\"\n\nm\r\n{end}",
                    "{model}{file}--b-12\r\nX: y\r\n\r\nm\r\n{end}",
                    "{head}name=\"prompt\"\r\n\r\nx\n--b-1\r\n{end}{model}{file}{end}",
                    "{head}name=\"prompt\"\r\n\r\nx--b-1--\r\n{model}{file}{end}",
                    "{head}name=\"prompt\"\r\n{model}{file}{end}",
                    "{head}name=\"prompt\"{model}{file}{end}",
                    "{head}name=\"file\"; filename=\"a\"\r\n"
                            + "content-type: a/b; name=\"model\"\r\n\r\nx\r\n{model}{end}",
                    "{head}name=\"file\"; filename=\"a\"\r\n"
                            + "content-type: a/bcontent-disposition: form-data; name=\"model\""
                            + "\r\n\r\nx\r\n{model}{end}",
                    "{head}name=prompt\r\n\r\nx\r\n{model}{file}{end}",
                    "{head}name=\"mod\\\"el\"\r\n\r\nx\r\n{model}{file}{end}",
                    "{head}name=\"prompt\"; name=\"model\"\r\n\r\nx\r\n{model}{file}{end}",
                    "{head}name=\"prompt\"; NAME=\"model\"\r\n\r\nx\r\n{model}{file}{end}",
                    "{head}name=\"prompt\"; name*=utf-8''model\r\n\r\nx\r\n{model}{file}{end}",
                    "{head}name*=\"utf-8''model\"\r\n\r\nx\r\n{model}{file}{end}",
                    "{head}name=\"prompt\" ; size=\"1\"\r\n\r\nx\r\n{model}{file}{end}",
                    "{head}name=\"prompt\";;\r\n\r\nx\r\n{model}{file}{end}",
                    "{head}name=\"prompt\"x\r\n\r\nx\r\n{model}{file}{end}",
                    "{head}\r\n\r\nx\r\n{model}{file}{end}",
                    "{head}name=\"\"\r\n\r\nx\r\n{model}{file}{end}",
                    "{head}name=\"pr\u00f6mpt\"\r\n\r\nx\r\n{model}{file}{end}",
                    "{head}name=\"prompt\"\r\nX-More: 1\r\n\r\nx\r\n{model}{file}{end}",
                    "{head}name=\"prompt\"\r\n folded\r\n\r\nx\r\n{model}{file}{end}",
                    "{head}name=\"prompt\"\rX: y\r\n\r\nx\r\n{model}{file}{end}",
                    "{head}name=\"prompt\"\r\ncontent-length: 2\r\n\r\nx\r\n{model}{file}{end}",
                    "{head}name=\"prompt\"\r\n"
                            + "content-transfer-encoding: base64\r\n\r\n"
                            + "eA==\r\n"
                            + "{model}{file}{end}",
                    "{head}name=\"prompt\"\r\n"
                            + "content-type: text/plain; charset=utf-7\r\n\r\n"
                            + "x\r\n"
                            + "{model}{file}{end}",
                    "{head}name=\"prompt\"\r\n"
                            + "content-type: text/plain\r\n"
                            + "content-type: text/plain\r\n\r\n"
                            + "x\r\n"
                            + "{model}{file}{end}",
                    "--b-1\r\n"
                            + "content-disposition: attachment; name=\"prompt\"\r\n\r\n"
                            + "x\r\n"
                            + "{model}{file}{end}",
                    "--b-1\r\ncontent-type: text/plain\r\n\r\nx\r\n{model}{file}{end}",
                    "--b-1\r\n\r\nx\r\n{model}{file}{end}",
                    "--b-1--",
                    "--b-1",
                    "",
                    "{\"model\":\"m\"}");

    private final Dialect dialect = Dialects.all().at("/v1/audio/transcriptions").orElseThrow();

    @Test
    void passesOnTheBytesThatCameWithTheProvidersModel() {
        String body = form(field("model", "m"), FILE, field("prompt", "Gr\u00fc\u00df"));
        byte[] bytes = body.getBytes(UTF_8);

        InferenceRequest request = dialect.read(TYPE, bytes);

        Payload.Verbatim sent = request.verbatim("whisper/l", OptionalInt.empty());
        assertThat(request.model()).isEqualTo("m");
        assertThat(request.stream()).isFalse();
        assertThat(request.readable()).isFalse();
        assertThat(request.content()).isSameAs(bytes);
        assertThat(sent.contentType()).isEqualTo(TYPE);
        assertThat(sent.body())
                .isEqualTo(body.replace("\r\n\r\nm\r\n", "\r\n\r\nwhisper/l\r\n").getBytes(UTF_8));
        assertThat(request.verbatim("m", OptionalInt.empty()).body()).isSameAs(bytes);
        assertThat(request.toString()).doesNotContain("RIFF").doesNotContain("Gr");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "multipart/form-data; boundary=b-1|multipart/form-data; boundary=b-1",
                "Multipart/Form-Data;BOUNDARY=\"b-1\"|multipart/form-data; boundary=b-1",
            })
    void takesABoundaryInQuotesToo(String type, String sent) {
        InferenceRequest request = read(type, form(field("model", "m"), FILE));

        assertThat(request.verbatim("m", OptionalInt.empty()).contentType()).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "audio/wav",
                "audio/x-wav",
                "audio/webm;codecs=opus",
                "Audio/ogg; codecs=\"opus, vorbis\"",
                "application/octet-stream",
                "audio/L16; rate=16000; channels=1"
            })
    void takesTheTypesOfSounds(String type) {
        String file = field("file\"; filename=\"a", "RIFF", "Content-Type: " + type);

        assertThat(read(TYPE, form(field("model", "m"), file)).model()).isEqualTo("m");
    }

    @Test
    void takesWhatSdksSend() {
        InferenceRequest request =
                read(
                        TYPE,
                        form(
                                field("model", "m", "Content-Length: 1"),
                                field("stream", "true", "content-type: text/plain; charset=UTF-8"),
                                field("timestamp_granularities[]", "word"),
                                field("timestamp_granularities[]", "segment"),
                                field("include[]", "logprobs"),
                                field("chunking_strategy[type]", "server_vad"),
                                field("response_format", "verbose_json"),
                                field("temperature", "0"),
                                field("language", "", "Content-Transfer-Encoding: 8bit"),
                                FILE));

        assertThat(request.stream()).isTrue();
        assertThat(request.inputTokens()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "model|file",
                "model|file model= m",
                "model|file model=a\u0007b",
                "model|file model=m model=m",
                "model|file model=m model=n",
                "Model|file model=m Model=m",
                "file|model=m",
                "file|model=m file file",
                "stream|model=m file stream=yes",
                "stream|model=m file stream=True",
                "language|model=m file language=de language=de",
                "models|model=m file models=m",
                "_charset_|model=m file _charset_=utf-7",
                "model[]|model=m file model[]=n",
            })
    void namesTheFieldThatCannotBeUsed(String field, String fields) {
        var all = new StringBuilder();
        for (String each : fields.split(" ")) {
            int equals = each.indexOf('=');
            all.append(
                    equals < 0
                            ? each.equals("file") ? FILE : field("model", "")
                            : field(each.substring(0, equals), each.substring(equals + 1)));
        }

        assertThatExceptionOfType(InferenceRefused.class)
                .isThrownBy(() -> read(TYPE, all + "--b-1--"))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo(ProblemCode.INVALID_FIELD);
                    assertThat(refused.field()).isEqualTo(field);
                });
    }

    /** Each is one that some parser reads in another way than some other one. */
    @ParameterizedTest
    @FieldSource("READ_IN_TWO_WAYS")
    void refusesWhatTwoParsersMightReadInTwoWays(String form) {
        String body =
                form.replace("{model}", field("model", "m"))
                        .replace("{file}", FILE)
                        .replace("{end}", "--b-1--")
                        .replace("{head}", "--b-1\r\ncontent-disposition: form-data; ");

        assertThatExceptionOfType(InferenceRefused.class).isThrownBy(() -> read(TYPE, body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data;",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=\"\"",
                "multipart/form-data; boundary=b-1; charset=utf-8",
                "multipart/form-data; charset=utf-8; boundary=b-1",
                "multipart/form-data; boundary=b-1; boundary=b-2",
                "multipart/form-data; boundary=b-1,multipart/form-data; boundary=b-2",
                "multipart/form-data; boundary=\"b-1",
                "multipart/form-data; boundary=b 1",
                "multipart/form-data; boundary=\"b-1 \"",
                "multipart/form-data; boundary=\"b\\-1\"",
                "multipart/form-data boundary=b-1"
            })
    void refusesABoundaryThatIsNone(String type) {
        assertThatExceptionOfType(InferenceRefused.class)
                .isThrownBy(() -> read(type, form(field("model", "m"), FILE)));
    }

    @Test
    void refusesMoreFieldsThanThereCanBe() {
        String many = field("include[]", "x").repeat(64);

        assertThatExceptionOfType(InferenceRefused.class)
                .isThrownBy(() -> read(TYPE, form(field("model", "m"), FILE, many)))
                .withMessageContaining("64");
    }

    /** Otherwise the app would decide where the provider sees the model's name end. */
    @Test
    void sendsNoModelInWhichTheBoundaryOccurs() {
        InferenceRequest request = read(TYPE, form(field("model", "m"), FILE));

        assertThatExceptionOfType(InferenceRefused.class)
                .isThrownBy(() -> request.verbatim("x--b-1", OptionalInt.empty()));
        assertThatExceptionOfType(InferenceRefused.class)
                .isThrownBy(() -> request.verbatim("x\r\ny", OptionalInt.empty()));
    }

    @Test
    void takesOnlyForms() {
        assertThat(dialect.takes("multipart/form-data; boundary=x")).isTrue();
        assertThat(dialect.takes("multipart/form-datax; boundary=x")).isFalse();
        assertThat(dialect.takes("multipart/mixed; boundary=x")).isFalse();
        assertThat(dialect.takes("application/json")).isFalse();
        assertThat(dialect.takes("")).isFalse();
    }

    /** One byte changed anywhere: refused, or still the same model. */
    @Test
    void readsTheSameModelOrNoneWhateverByteIsChanged() {
        byte[] good = bytes(form(field("model", "m-1"), field("prompt", "x"), FILE));
        long seed = 20_261_129;
        var random = new SplittableRandom(seed);
        int read = 0;
        for (int i = 0; i < good.length; i++) {
            byte[] changed = good.clone();
            changed[i] = (byte) random.nextInt(256);
            try {
                InferenceRequest request = dialect.read(TYPE, changed);
                read++;
                if (!Objects.equals(request.model(), "m-1")) {
                    String value = new String(changed, ISO_8859_1);
                    assertThat(value).as("seed " + seed + " at " + i).contains(request.model());
                }
            } catch (InferenceRefused refused) {
                assertThat(refused.detail()).as("seed " + seed + " at " + i).isNotBlank();
            }
        }
        assertThat(read).isPositive();
    }

    private InferenceRequest read(String type, String body) {
        return dialect.read(type, bytes(body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static String form(String... fields) {
        return String.join("", fields) + "--b-1--\r\n";
    }

    private static String field(String name, String value, String... headers) {
        var field = new StringBuilder("--b-1\r\n");
        field.append("Content-Disposition: form-data; name=\"").append(name).append("\"\r\n");
        for (String header : headers) {
            field.append(header).append("\r\n");
        }
        return field.append("\r\n").append(value).append("\r\n").toString();
    }
}
