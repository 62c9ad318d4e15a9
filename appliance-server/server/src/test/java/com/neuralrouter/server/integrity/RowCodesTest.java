package com.neuralrouter.server.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.secret.MacKey;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** No two rows have one code, and a row has one code whichever database keeps it. */
class RowCodesTest {
    private static final Column ID = Column.number("id");
    private static final Column A = Column.text("a");
    private static final Column B = Column.text("b");
    private static final DecidingTable TEXTS = new DecidingTable("t", List.of(ID), List.of(A, B));

    private final MacKey key = MacKey.owning(new byte[MacKey.BYTES]);

    @Test
    void tellValuesApartThatRunIntoEachOther() {
        Set<String> codes = new HashSet<>();
        String[][] rows = {
            {"ab", "c"}, {"a", "bc"}, {"abc", ""}, {"", "abc"}, {"abc", null}, {null, "abc"},
            {"", ""}, {null, null}, {"", null}, {null, ""}, {"a\ud800", ""}, {"a?", ""}
        };
        for (String[] row : rows) {
            codes.add(code(TEXTS, 1L, row[0], row[1]));
        }

        assertThat(codes).hasSize(rows.length);
    }

    @Test
    void tellTablesColumnsAndKeysApart() {
        var other = new DecidingTable("u", List.of(ID), List.of(A, B));
        var renamed = new DecidingTable("t", List.of(ID), List.of(A, Column.text("c")));
        var keyed = new DecidingTable("t", List.of(ID, A), List.of(B));

        assertThat(
                        Set.of(
                                code(TEXTS, 1L, "x", "y"),
                                code(other, 1L, "x", "y"),
                                code(renamed, 1L, "x", "y"),
                                code(keyed, 1L, "x", "y")))
                .hasSize(4);
    }

    @Test
    void areTheSameForOneMomentInTwoZones() {
        var table = new DecidingTable("t", List.of(ID), List.of(Column.time("at")));
        var utc = OffsetDateTime.of(2026, 11, 23, 12, 0, 0, 123_456_000, ZoneOffset.UTC);

        assertThat(code(table, 1L, utc.withOffsetSameInstant(ZoneOffset.ofHours(5))))
                .isEqualTo(code(table, 1L, utc));
        assertThat(code(table, 1L, utc.plusNanos(1000))).isNotEqualTo(code(table, 1L, utc));
    }

    /** RFC 4231, test case 1; HMAC itself pads a key of 20 bytes with zeros. */
    @Test
    void areHmacSha256() {
        byte[] padded = new byte[MacKey.BYTES];
        Arrays.fill(padded, 0, 20, (byte) 0x0b);
        var computation = MacKey.owning(padded).computation();
        computation.update("Hi There".getBytes(StandardCharsets.US_ASCII));

        assertThat(HexFormat.of().formatHex(computation.end()))
                .isEqualTo("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    }

    @Test
    void haveEveryTypeInItsCanonicalForm() {
        var row = new CanonicalRow();
        row.add(Column.Type.UUID, new UUID(1, 2));
        row.add(Column.Type.NUMBER, -1L);
        row.add(Column.Type.BOOLEAN, true);
        row.add(Column.Type.TEXT, "a\u00e9");
        row.add(Column.Type.TIME, OffsetDateTime.of(1970, 1, 1, 0, 0, 1, 2000, ZoneOffset.UTC));
        row.add(Column.Type.BYTES, new byte[] {7});
        row.add(Column.Type.TEXT, null);

        assertThat(HexFormat.of().formatHex(row.bytes(), 0, row.length()))
                .isEqualTo(
                        "010000001000000000000000010000000000000002"
                                + "0200000008ffffffffffffffff"
                                + "030000000101"
                                + "0400000004006100e9"
                                + "050000000800000000000f4242"
                                + "060000000107"
                                + "00");
    }

    private String code(DecidingTable table, Object... values) {
        var row = new CanonicalRow();
        for (int i = 0; i < values.length; i++) {
            row.add(table.columns().get(i).type(), values[i]);
        }
        return HexFormat.of().formatHex(new RowCodes(key, table).of(row));
    }
}
