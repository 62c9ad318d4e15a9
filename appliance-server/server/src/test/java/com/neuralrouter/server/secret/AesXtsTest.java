package com.neuralrouter.server.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Against the published vectors in {@code vectors/aes-xts}, both ways. */
class AesXtsTest {
    @ParameterizedTest
    @CsvSource({
        "ieee-1619-2007.txt, 5",
        "nist-xtsvs-128hexstr.rsp, 600",
        "nist-xtsvs-dataunitseqno.rsp, 600",
        "wycheproof.txt, 7"
    })
    void agreesWithPublishedVectors(String file, int count) throws IOException {
        List<Vector> vectors = vectors(file);

        assertThat(vectors).hasSize(count);
        for (Vector vector : vectors) {
            var xts = new AesXts(vector.key());
            int length = vector.plain().length;
            byte[] data = vector.plain().clone();

            xts.encrypt(vector.number(), data, 0, length);
            assertThat(data).as("%s, COUNT = %s", file, vector.name()).isEqualTo(vector.sealed());

            xts.decrypt(vector.number(), data, 0, length);
            assertThat(data).as("%s, COUNT = %s", file, vector.name()).isEqualTo(vector.plain());
        }
    }

    private record Vector(String name, byte[] key, byte[] number, byte[] plain, byte[] sealed) {
        @Override
        public String toString() {
            return "Vector[" + name + ", redacted]";
        }
    }

    private static List<Vector> vectors(String file) throws IOException {
        List<Vector> vectors = new ArrayList<>();
        Map<String, String> fields = new HashMap<>();
        for (String line : read(file).lines().toList()) {
            String[] parts = line.split(" = ", 2);
            if (parts.length == 2) {
                fields.put(parts[0], parts[1]);
            }
            if (parts[0].equals("CT") && fields.containsKey("PT")
                    || parts[0].equals("PT") && fields.containsKey("CT")) {
                vectors.add(vector(fields));
                fields.clear();
            }
        }
        return vectors;
    }

    private static Vector vector(Map<String, String> fields) {
        return new Vector(
                fields.getOrDefault("COUNT", "?"),
                hex(fields, "Key"),
                fields.containsKey("i")
                        ? hex(fields, "i")
                        : littleEndian(
                                Long.parseLong(fields.getOrDefault("DataUnitSeqNumber", ""))),
                hex(fields, "PT"),
                hex(fields, "CT"));
    }

    private static byte[] hex(Map<String, String> fields, String name) {
        return HexFormat.of().parseHex(fields.getOrDefault(name, ""));
    }

    private static byte[] littleEndian(long number) {
        byte[] bytes = new byte[AesXts.BLOCK_BYTES];
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[i] = (byte) (number >>> i * Byte.SIZE);
        }
        return bytes;
    }

    private static String read(String file) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        AesXtsTest.class.getResourceAsStream("/vectors/aes-xts/" + file))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
