package com.neuralrouter.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/** Paths, widths and bundles, with the examples of C2SP tlog-tiles. */
class TilesTest {
    /** C2SP tlog-tiles, "Merkle Tree". */
    @Test
    void writesPathsAsTheSpecificationDoes() {
        assertThat(Tiles.path(0, 1_234_067, 256)).isEqualTo("tile/0/x001/x234/067");
        assertThat(Tiles.path(63, 0, 1)).isEqualTo("tile/63/000.p/1");
        assertThat(Tiles.path(1, 1_000, 255)).isEqualTo("tile/1/x001/000.p/255");
        assertThat(Tiles.entriesPath(999, 256)).isEqualTo("tile/entries/999");
        assertThat(Tiles.entriesPath(1_000_000, 12)).isEqualTo("tile/entries/x001/x000/000.p/12");
    }

    /** C2SP tlog-tiles, "Partial Tiles". */
    @Test
    void knowsTheTilesOfTheSpecificationsTrees() {
        assertThat(Tiles.fullTiles(0, 70_000)).isEqualTo(273);
        assertThat(Tiles.partialWidth(0, 70_000)).isEqualTo(112);
        assertThat(Tiles.fullTiles(1, 70_000)).isEqualTo(1);
        assertThat(Tiles.partialWidth(1, 70_000)).isEqualTo(17);
        assertThat(Tiles.fullTiles(2, 70_000)).isZero();
        assertThat(Tiles.partialWidth(2, 70_000)).isEqualTo(1);
        assertThat(Tiles.partialWidth(3, 70_000)).isZero();
        assertThat(Tiles.fullTiles(0, 256)).isEqualTo(1);
        assertThat(Tiles.partialWidth(0, 256)).isZero();
        assertThat(Tiles.partialWidth(1, 256)).isEqualTo(1);
        assertThat(Tiles.partialWidth(63, Long.MAX_VALUE)).isZero();
        assertThat(Tiles.partialWidth(7, Long.MAX_VALUE)).isEqualTo(127);
    }

    @Test
    void refusesTilesThatCannotBe() {
        for (Runnable wrong :
                List.<Runnable>of(
                        () -> Tiles.path(64, 0, 1),
                        () -> Tiles.path(-1, 0, 1),
                        () -> Tiles.path(0, -1, 1),
                        () -> Tiles.path(0, 0, 0),
                        () -> Tiles.entriesPath(0, 257))) {
            assertThatThrownBy(wrong::run).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void bundlesEntriesBehindTheirLengths() {
        byte[] bundle = EntryBundle.encode(List.of(new byte[] {1, 2}, new byte[0], new byte[300]));

        assertThat(HexFormat.of().formatHex(bundle))
                .isEqualTo("00020102" + "0000" + "012c" + "00".repeat(300));
        assertThat(EntryBundle.decode(bundle))
                .containsExactly(new byte[] {1, 2}, new byte[0], new byte[300]);
    }

    @Test
    void readsBackWhatItBundles() {
        SplittableRandom random = new SplittableRandom(9);
        for (int round = 0; round < 200; round++) {
            List<byte[]> entries =
                    Collections.nCopies(random.nextInt(1, 257), 0).stream()
                            .map(_ -> {
                                byte[] entry = new byte[random.nextInt(400)];
                                random.nextBytes(entry);
                                return entry;
                            })
                            .toList();
            assertThat(EntryBundle.decode(EntryBundle.encode(entries)))
                    .containsExactlyElementsOf(entries);
        }
        byte[] longest = new byte[EntryBundle.MAX_ENTRY];
        assertThat(EntryBundle.decode(EntryBundle.encode(List.of(longest))))
                .containsExactly(longest);
    }

    @Test
    void refusesWhatIsNoBundle() {
        for (String hex : List.of("", "00", "0001", "000201", "00010100")) {
            assertThatThrownBy(() -> EntryBundle.decode(HexFormat.of().parseHex(hex)))
                    .as(hex)
                    .isInstanceOf(MalformedNote.class);
        }
        assertThatThrownBy(() -> EntryBundle.decode(new byte[2 * 257]))
                .isInstanceOf(MalformedNote.class);
        assertThatThrownBy(() -> EntryBundle.encode(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EntryBundle.encode(Collections.nCopies(257, new byte[0])))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EntryBundle.encode(List.of(new byte[65_536])))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
