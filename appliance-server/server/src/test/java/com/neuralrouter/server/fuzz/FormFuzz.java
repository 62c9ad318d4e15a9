package com.neuralrouter.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.server.dialect.Dialect;
import com.neuralrouter.server.dialect.Dialects;
import com.neuralrouter.server.dialect.InferenceRefused;
import com.neuralrouter.server.dialect.InferenceRequest;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Forms with a sound, of the boundary "b". Whatever is not refused is what a parser reads that only
 * splits at the boundary, and what is sent on is what came, but for the model's name.
 */
public final class FormFuzz {
    private static final Dialect DIALECT =
            Dialects.all().at("/v1/audio/transcriptions").orElseThrow();
    private static final String TYPE = "multipart/form-data; boundary=b";
    private static final Pattern MODEL =
            Pattern.compile("(?<![a-z*])name\\s*=\\s*\"?model\"?", Pattern.CASE_INSENSITIVE);
    private static final String ELSEWHERE = "elsewhere/model";

    private FormFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        InferenceRequest request;
        try {
            request = DIALECT.read(TYPE, data);
        } catch (InferenceRefused refused) {
            assertThat(refused.detail()).isNotBlank();
            return;
        }
        assertThat(models(data)).containsExactly(request.model());
        byte[] sent = request.verbatim(ELSEWHERE, OptionalInt.empty()).body();
        assertThat(DIALECT.read(TYPE, sent).model()).isEqualTo(ELSEWHERE);
        assertThat(others(sent)).isEqualTo(others(data));
    }

    private static List<String> models(byte[] form) {
        return fields(form, true).stream()
                .map(field -> field.substring(field.indexOf("\r\n\r\n") + 4))
                .map(value -> new String(value.getBytes(ISO_8859_1), UTF_8))
                .toList();
    }

    private static List<String> others(byte[] form) {
        return fields(form, false);
    }

    /** As somebody reads it who looks at nothing but the boundary and the name. */
    private static List<String> fields(byte[] form, boolean model) {
        var fields = new ArrayList<String>();
        String[] pieces = new String(form, ISO_8859_1).split("\r?\n?--b", -1);
        for (int i = 1; i < pieces.length - 1; i++) {
            String head = pieces[i].substring(0, pieces[i].indexOf("\r\n\r\n"));
            boolean its = MODEL.matcher(head).find();
            if (its == model) {
                fields.add(pieces[i]);
            }
        }
        return fields;
    }
}
