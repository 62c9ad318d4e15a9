package com.neuralrouter.server.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.SignedNote;
import com.neuralrouter.tlog.TreeHash;
import com.neuralrouter.tlog.TreeProofs;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The log keeps what it was given, in one order, and says so with its tree. */
class EntryLogTest {
    @TempDir private Path site;
    private Path folder;
    private TestLog logs;

    @BeforeEach
    void openVault() {
        logs = new TestLog(site);
        folder = site.resolve("audit");
    }

    @AfterEach
    void closeVault() {
        logs.close();
    }

    @Test
    void hasTheSameEntriesAfterEachOpeningAndGoesOnBehindThem() {
        List<TestLog.Read> before = new ArrayList<>();
        try (EntryLog log = logs.create(folder)) {
            log.append(List.of(new TestDraft("a", bytes("beside a"), 0)));
            log.append(TestDraft.many("b", 3));
            before.addAll(TestLog.read(log));
        }
        for (int opening = 0; opening < 3; opening++) {
            try (EntryLog log = logs.open(folder)) {
                assertThat(log.recovery()).isEqualTo(new EntryLog.Recovery(false, 0, 0));
                assertThat(TestLog.read(log)).isEqualTo(before);
                assertThat(log.append(TestDraft.many("c", 2)).first()).isEqualTo(before.size());
                before.addAll(TestLog.read(log, before.size(), log.size()));
            }
        }

        assertThat(before).hasSize(10);
        assertThat(before.getFirst().side()).isEqualTo("beside a");
        assertThat(before).extracting(TestLog.Read::sequence).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void readsAnyRangeAlone() {
        try (EntryLog log = logs.create(folder)) {
            IntStream.range(0, 20).forEach(i -> log.append(TestDraft.many("x", 1 + i % 7)));
            List<TestLog.Read> all = TestLog.read(log);

            for (int from = 0; from < all.size(); from += 3) {
                for (int to = from; to <= all.size(); to += 5) {
                    assertThat(TestLog.read(log, from, to)).isEqualTo(all.subList(from, to));
                }
            }
            assertThatThrownBy(() -> TestLog.read(log, 0, all.size() + 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void putsTheEntriesOfManyThreadsInOneOrderAndTellsEachItsPlace() throws Exception {
        int threads = 16;
        int each = 50;
        try (EntryLog log = logs.create(folder);
                ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                String name = "w" + i + "-";
                workers.add(
                        pool.submit(() -> {
                            for (int n = 0; n < each; n++) {
                                Appended appended = log.append(List.of(TestDraft.of(name + n)));
                                assertThat(
                                                TestLog.read(
                                                        log,
                                                        appended.first(),
                                                        appended.first() + 1))
                                        .extracting(TestLog.Read::leaf)
                                        .containsExactly(
                                                name
                                                        + n
                                                        + " "
                                                        + appended.first()
                                                        + " "
                                                        + appended.time());
                            }
                        }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }

            List<String> texts = TestLog.texts(log);
            assertThat(texts).hasSize(threads * each).doesNotHaveDuplicates();
            for (int i = 0; i < threads; i++) {
                String name = "w" + i + "-";
                assertThat(texts.stream().filter(text -> text.startsWith(name)))
                        .containsExactlyElementsOf(
                                IntStream.range(0, each).mapToObj(n -> name + n).toList());
            }
            assertThat(log.tree().root()).isEqualTo(TestLog.naiveRootOf(log));
        }
    }

    @Test
    void hasTheTreeOfItsEntriesAtEverySizeAndProvesIt() {
        List<byte[]> leaves = new ArrayList<>();
        List<byte[]> roots = new ArrayList<>();
        try (EntryLog log = logs.create(folder)) {
            assertThat(log.tree().root()).isEqualTo(TreeHash.empty());
            while (log.size() < 600) {
                log.append(TestDraft.many("n", 1 + (int) (log.size() % 11)));
            }
            log.read(0, log.size(), (sequence, leaf, side) -> leaves.add(leaf));
            long size = log.size();
            var hashes = log.hashes();

            for (int n = 1; n <= size; n += 13) {
                byte[] root = TestLog.naiveRoot(leaves.subList(0, n));
                assertThat(TreeProofs.root(hashes, n)).as("size %d", n).isEqualTo(root);
                roots.add(root);
            }
            byte[] root = log.tree().root();
            assertThat(root).isEqualTo(TestLog.naiveRoot(leaves));
            for (int index = 0; index < size; index += 17) {
                var proof = TreeProofs.inclusion(hashes, index, size);
                byte[] leaf = TreeHash.leaf(leaves.get(index));
                assertThat(TreeProofs.includes(leaf, index, size, root, proof)).isTrue();
            }
            var consistency = TreeProofs.consistency(hashes, 14, size);
            assertThat(TreeProofs.consistent(14, roots.get(1), size, root, consistency)).isTrue();
            assertThat(log.verify().root()).isEqualTo(root);
        }
    }

    @Test
    void canBeCopiedWhileItIsWritten() throws Exception {
        Path copy = site.resolve("copy");
        try (EntryLog log = logs.create(folder)) {
            log.append(TestDraft.many("a", 20));
        }
        try (EntryLog log = logs.open(folder)) {
            assertThat(log.writable()).isTrue();
            log.append(TestDraft.many("b", 20));
            log.checkpointNow();
            log.append(TestDraft.many("c", 20));

            List<FilePart> parts = log.durableParts();
            log.append(TestDraft.many("d", 200));
            log.checkpointNow();
            for (FilePart part : parts) {
                Path to = copy.resolve(part.path());
                Files.createDirectories(to.getParent());
                try (var in = part.open()) {
                    assertThat(Files.copy(in, to)).isEqualTo(part.length());
                }
            }
            assertThat(parts).extracting(FilePart::path).startsWith("checkpoint").hasSize(3);
        }

        try (EntryLog log = logs.open(copy)) {
            assertThat(log.size()).isEqualTo(60);
            assertThat(log.append(TestDraft.many("e", 1)).first()).isEqualTo(60);
            assertThat(log.verify().root()).isEqualTo(TestLog.naiveRootOf(log));
        }
    }

    @Test
    void leavesNoGapForEntriesThatCouldNotBeMade() {
        Draft broken =
                (sequence, time) -> {
                    throw new IllegalStateException("broken");
                };
        Draft long1 = (sequence, time) -> new byte[Draft.MOST_LEAF_BYTES + 1];
        try (EntryLog log = logs.create(folder)) {
            log.append(List.of(TestDraft.of("a")));

            assertThatThrownBy(() -> log.append(List.of(TestDraft.of("x"), broken)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("broken");
            assertThatThrownBy(() -> log.append(List.of(long1)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> log.append(List.of()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> log.append(TestDraft.many("m", 257)))
                    .isInstanceOf(IllegalArgumentException.class);

            assertThat(log.append(List.of(TestDraft.of("b"))).first()).isEqualTo(1);
            assertThat(TestLog.texts(log)).containsExactly("a", "b");
        }
    }

    @Test
    void takesTheLongestEntriesThereMayBe() {
        Draft longest =
                new Draft() {
                    @Override
                    public byte[] leaf(long sequence, Instant time) {
                        return new byte[MOST_LEAF_BYTES];
                    }

                    @Override
                    public byte[] side() {
                        return new byte[MOST_SIDE_BYTES];
                    }
                };
        try (EntryLog log = logs.create(folder)) {
            log.append(List.of(longest, longest));
            log.append(List.of(TestDraft.of("a")));
        }
        try (EntryLog log = logs.open(folder)) {
            assertThat(log.size()).isEqualTo(3);
            log.read(
                    1,
                    2,
                    (sequence, leaf, side) -> {
                        assertThat(leaf).hasSize(Draft.MOST_LEAF_BYTES).containsOnly(0);
                        assertThat(side).hasSize(Draft.MOST_SIDE_BYTES).containsOnly(0);
                    });
            assertThat(log.verify().size()).isEqualTo(3);
        }
    }

    @Test
    void signsItsTreeWithBothKeysOnDemandAndAtItsEnd() throws IOException {
        try (EntryLog log = logs.create(folder)) {
            log.append(TestDraft.many("a", 5));

            SignedNote note = log.checkpointNow();

            assertThat(Checkpoint.parse(note.text()).text()).isEqualTo(log.tree().text());
            assertThat(log.verifiers()).hasSize(2).allMatch(note::isSignedBy);
            assertThat(Files.readString(folder.resolve("checkpoint"))).isEqualTo(note.toString());
            log.append(TestDraft.many("b", 5));
        }
        try (EntryLog log = logs.open(folder)) {
            assertThat(Checkpoint.parse(log.checkpoint().text()).size()).isEqualTo(10);
            assertThat(log.checkpointNow()).isEqualTo(log.checkpoint());
        }
    }

    @Test
    void makesItsHashesAgainWhenTheyAreMissing() throws IOException {
        try (EntryLog log = logs.create(folder)) {
            IntStream.range(0, 3).forEach(i -> log.append(TestDraft.many("a", 200)));
        }
        for (Path file : files()) {
            if (file.startsWith(folder.resolve("hashes"))) {
                Files.delete(file);
            }
        }
        try (EntryLog log = logs.open(folder)) {
            assertThat(TreeProofs.root(log.hashes(), 600)).isEqualTo(log.tree().root());
            log.append(TestDraft.many("b", 200));
            assertThat(TreeProofs.root(log.hashes(), 800)).isEqualTo(TestLog.naiveRootOf(log));
        }
        assertThat(Files.size(folder.resolve("hashes/level-00"))).isEqualTo(800 * 32);
        assertThat(Files.size(folder.resolve("hashes/level-08"))).isEqualTo(3 * 32);
    }

    @Test
    void isMadeOnceAndUsedByOneProcess() {
        assertThatThrownBy(() -> logs.open(folder))
                .isInstanceOf(AuditLogDamaged.class)
                .hasMessageContaining("checkpoint is missing");
        logs.create(folder).close();
        try (EntryLog log = logs.create(folder)) {
            assertThat(log.size()).isZero();
            assertThatThrownBy(() -> logs.open(folder))
                    .isInstanceOf(AuditUnavailable.class)
                    .hasMessageContaining("another process");
            log.append(List.of(TestDraft.of("a")));
        }

        assertThatThrownBy(() -> logs.create(folder)).isInstanceOf(AuditLogDamaged.class);
        try (EntryLog log = logs.open(folder)) {
            assertThat(log.size()).isEqualTo(1);
        }
    }

    @Test
    void takesNothingOnceItIsClosed() {
        EntryLog log = logs.create(folder);
        log.close();
        log.close();

        assertThatThrownBy(() -> log.append(List.of(TestDraft.of("a"))))
                .isInstanceOf(AuditUnavailable.class);
        assertThatThrownBy(log::demandSound).isInstanceOf(AuditUnavailable.class);
    }

    @Test
    void showsNothingOfItsEntriesOnTheDisk() throws IOException {
        String canary = "canary-in-the-leaf";
        String beside = "canary-in-the-side";
        try (EntryLog log = logs.create(folder)) {
            for (int i = 0; i < 300; i++) {
                log.append(List.of(new TestDraft(canary + i, bytes(beside + i), 0)));
            }
            assertThat(filesWith(canary)).isEmpty();
            assertThat(filesWith(beside)).isEmpty();
        }

        assertThat(filesWith(canary)).isEmpty();
        assertThat(filesWith(beside)).isEmpty();
        assertThat(filesWith("NRAUDIT1")).hasSize(1);
        for (Path file : files()) {
            assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        }
    }

    private List<Path> filesWith(String text) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path file : files()) {
            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
            if (content.contains(text)) {
                found.add(file);
            }
        }
        return found;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
