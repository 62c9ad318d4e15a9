package com.neuralrouter.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.neuralrouter.server.provider.InPieces;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.http.Framing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** What a framing reads does not depend on where its bytes were split. */
public final class FramingFuzz {
    private FramingFuzz() {}

    /** Compares the bytes in large pieces with the same in small ones, and both with themselves. */
    public static void check(byte[] data, Function<ProviderAnswer, Framing> framing) {
        List<String> whole = read(framing.apply(new InPieces(data, _ -> 1 << 20)));
        int seed = data.length == 0 ? 0 : data[data.length - 1];
        assertThat(read(framing.apply(InPieces.atRandom(data, new Random(seed))))).isEqualTo(whole);
    }

    private static List<String> read(Framing framing) {
        var read = new ArrayList<String>();
        try {
            for (Framing.Message message; (message = framing.next()) != null; ) {
                read.add(
                        message.name()
                                + '|'
                                + new String(
                                        message.data(),
                                        message.at(),
                                        message.length(),
                                        ISO_8859_1));
            }
            read.add("whole");
        } catch (IOException broken) {
            read.add("broken: " + broken.getMessage());
        }
        return read;
    }
}
