package com.neuralrouter.server.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.server.provider.InPieces;
import com.neuralrouter.server.provider.http.Framing;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

class AmazonEventsTest {
    private static final byte[] STREAM =
            new EventStream()
                    .event("messageStart", "{'role':'assistant'}")
                    .message(
                            "{'x':'\u00e4\ud83d\ude00'}",
                            EventStream.header("a", 0, 0),
                            EventStream.header("b", 2, 1),
                            EventStream.header("c", 3, 2),
                            EventStream.header("d", 4, 4),
                            EventStream.header("e", 5, 8),
                            EventStream.header("f", 6, 2),
                            EventStream.header("g", 8, 8),
                            EventStream.header("h", 9, 16),
                            EventStream.header(":event-type", "all"),
                            EventStream.header(":message-type", "event"))
                    .event("empty", "")
                    .exception("throttlingException", "{'message':'slow'}")
                    .message(
                            "",
                            EventStream.header(":message-type", "error"),
                            EventStream.header(":error-code", "Internal"))
                    .bytes();

    private static List<String> read(InPieces answer) throws IOException {
        var events = new AmazonEvents(answer);
        var read = new ArrayList<String>();
        for (Framing.Message message; (message = events.next()) != null; ) {
            read.add(
                    message.name()
                            + "|"
                            + new String(message.data(), message.at(), message.length(), UTF_8));
        }
        return read;
    }

    private static List<String> read(byte[] bytes) throws IOException {
        return read(new InPieces(bytes, _ -> bytes.length));
    }

    @Test
    void readsMessagesWhereverTheyAreSplit() throws IOException {
        for (int split = 1; split < STREAM.length; split++) {
            assertThat(read(InPieces.splitAt(STREAM, split)))
                    .as("split at %d", split)
                    .containsExactly(
                            "messageStart|{\"role\":\"assistant\"}",
                            "all|{\"x\":\"\u00e4\ud83d\ude00\"}",
                            "empty|{}",
                            "exception:throttlingException|{\"message\":\"slow\"}",
                            "exception:Internal|{}");
        }
    }

    /** From Amazon's own test vectors (aws-c-event-stream): no header, a payload, no payload. */
    @Test
    void readsAmazonsOwnVectors() throws IOException {
        byte[] empty = HexFormat.of().parseHex("000000100000000005c248eb7d98c8ff");
        byte[] payload =
                HexFormat.of()
                        .parseHex("0000001d00000000fd528c5a7b27666f6f273a27626172277dc3653936");

        assertThat(read(empty)).containsExactly("|{}");
        assertThat(read(payload)).containsExactly("|{'foo':'bar'}");
    }

    @Test
    void noticesEveryDamagedByte() {
        byte[] message = new EventStream().event("messageStop", "{'stopReason':'x'}").bytes();
        for (int at = 0; at < message.length; at++) {
            byte[] damaged = message.clone();
            damaged[at] ^= 0x10;
            assertThatExceptionOfType(IOException.class)
                    .as("byte %d", at)
                    .isThrownBy(() -> read(damaged));
        }
    }

    @Test
    void noticesWhereverTheBodyIsCut() {
        byte[] message = new EventStream().event("messageStop", "{'stopReason':'x'}").bytes();
        for (int length = 1; length < message.length; length++) {
            byte[] cut = new byte[length];
            System.arraycopy(message, 0, cut, 0, length);
            assertThatExceptionOfType(IOException.class)
                    .as("%d bytes", length)
                    .isThrownBy(() -> read(cut));
        }
    }

    @Test
    void refusesLengthsThatCannotBe() {
        for (int[] lengths : new int[][] {{15, 0}, {-1, 0}, {1 << 30, 0}, {20, 5}, {20, -1}}) {
            ByteBuffer prelude = ByteBuffer.allocate(12).putInt(lengths[0]).putInt(lengths[1]);
            var crc = new CRC32();
            crc.update(prelude.array(), 0, 8);
            prelude.putInt((int) crc.getValue());

            assertThatThrownBy(() -> read(prelude.array())).hasMessageContaining("impossible");
        }
    }

    @Test
    void refusesHeadersThatEndTooEarlyOrAreOfNoKnownType() {
        byte[] early = new EventStream().message("{}", new byte[] {9, 'a', 'b'}).bytes();
        byte[] unknown = new EventStream().message("{}", EventStream.header("a", 77, 0)).bytes();

        assertThatThrownBy(() -> read(early)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read(unknown)).isInstanceOf(IOException.class);
    }

    @Test
    void neverFailsInAnyOtherWay() {
        for (long seed = 0; seed < 2_000; seed++) {
            byte[] bytes = new byte[64];
            new Random(seed).nextBytes(bytes);
            String as = "seed " + seed;
            assertThatExceptionOfType(IOException.class).as(as).isThrownBy(() -> read(bytes));
        }
    }
}
