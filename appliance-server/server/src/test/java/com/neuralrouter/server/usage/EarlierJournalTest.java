package com.neuralrouter.server.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.server.usage.MappedRequestJournal.Beginning;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** A journal in the layout of an earlier version is never misread, and nothing in it is lost. */
class EarlierJournalTest {
    @TempDir private Path folder;
    private final RecordingSink sink = new RecordingSink();

    private MappedRequestJournal start() {
        return MappedRequestJournal.start(folder, 8, sink, Beginning.MAPPED);
    }

    @Test
    void takesThePlaceOfAnEmptyJournalOfAnEarlierLayout() throws IOException {
        Files.write(folder.resolve("requests.journal"), earlier(0));

        try (var journal = start()) {
            journal.open(Requests.started(1)).close(Requests.completed());
        }

        assertThat(sink.await(1)).hasSize(1);
    }

    @Test
    void leavesWhatAnEarlierLayoutHoldsToItsOwnVersion() throws IOException {
        byte[] file = earlier(1);
        Path path = Files.write(folder.resolve("requests.journal"), file);

        assertThatThrownBy(this::start)
                .isInstanceOf(JournalUnusable.class)
                .hasMessageContaining("start that version once more");
        assertThat(path).hasBinaryContent(file);
    }

    /** The layout before this one: slots of 768 bytes; the last one's state is as given. */
    private static byte[] earlier(int state) {
        return ByteBuffer.allocate(4096 + 4 * 768)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0x4e524a524e4c0002L)
                .putInt(768)
                .putInt(4)
                .putInt(4096 + 3 * 768, state)
                .array();
    }
}
