package com.neuralrouter.server.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.backup.BackupRefused.Reason;
import com.neuralrouter.server.secret.StreamKey;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Plugs the hole "a backup that is not what was written is used": thousands of mutations of real
 * backups of several segments, each refused, and for the reason that holds.
 */
class AlteredBackupTest {
    private static final int SEGMENT = 4096;
    private static final long SEED = System.nanoTime();

    @TempDir private Path folder;
    private final Random random = new Random(SEED);
    private byte[] backup = new byte[0];
    private byte[] earlier = new byte[0];
    private int streamAt;

    @BeforeEach
    void makeBackups() throws IOException {
        try (var site = new TestSite(folder.resolve("site"))) {
            // What does not compress, so that the backup has several segments.
            byte[] noise = new byte[3 * SEGMENT];
            random.nextBytes(noise);
            Path admin = Files.createDirectories(folder.resolve("site").resolve("admin"));
            Files.write(admin.resolve("noise.bin"), noise);
            earlier = made(site, "earlier");
            site.workspace("later");
            backup = made(site, "backups");
        }
        streamAt = 14 + ByteBuffer.wrap(backup).getInt(10) + 40;
    }

    private byte[] made(TestSite site, String name) throws IOException {
        var maker =
                new BackupMaker(
                        new BackupMaker.Identity("north", "1.0"),
                        site.database,
                        folder.resolve("site"),
                        new BackupTestKeys(1, SEGMENT),
                        site.integrity,
                        site.log::durableParts,
                        new SecureRandom(),
                        site.clock);
        return Files.readAllBytes(
                maker.make(new BackupFolder(folder.resolve(name), BackupKind.DATA)).path());
    }

    @Test
    void acceptsTheBackupsThemselves() throws IOException {
        assertThat(refusal(backup)).isEmpty();
        assertThat(refusal(earlier)).isEmpty();
    }

    @Test
    void refusesAFlippedBitInEachByteOfTheHead() throws IOException {
        for (int at = 0; at < streamAt; at++) {
            byte[] altered = flipped(at);

            Reason expected =
                    at < 8 ? Reason.NOT_A_BACKUP : at < 10 ? Reason.NEWER_FORMAT : Reason.ALTERED;
            // A head whose length was altered may end behind the file.
            Set<Reason> allowed =
                    at >= 10 && at < 14
                            ? Set.of(Reason.ALTERED, Reason.TRUNCATED)
                            : Set.of(expected);
            assertThat(refusal(altered))
                    .as("byte %s, seed %s", at, SEED)
                    .hasValueSatisfying(reason -> assertThat(allowed).contains(reason));
        }
    }

    @Test
    void refusesAFlippedBitAnywhereInTheStream() throws IOException {
        for (int i = 0; i < 1000; i++) {
            int at = streamAt + random.nextInt(backup.length - streamAt);

            assertThat(refusal(flipped(at)))
                    .as("byte %s, seed %s", at, SEED)
                    .contains(Reason.ALTERED);
        }
    }

    @Test
    void refusesEachTruncation() throws IOException {
        for (int i = 0; i < 1000; i++) {
            int length = random.nextInt(backup.length);

            Reason expected = length < 8 ? Reason.NOT_A_BACKUP : Reason.TRUNCATED;
            assertThat(refusal(Arrays.copyOf(backup, length)))
                    .as("%s bytes, seed %s", length, SEED)
                    .contains(expected);
        }
    }

    @Test
    void refusesWhatFollowsTheEnd() throws IOException {
        for (int more : new int[] {1, 16, 4096, SEGMENT}) {
            assertThat(refusal(Arrays.copyOf(backup, backup.length + more)))
                    .contains(Reason.TRAILING_BYTES);
        }
    }

    @Test
    void refusesWhatWasNeverFinished() throws IOException {
        byte[] unfinished = backup.clone();
        Arrays.fill(unfinished, streamAt - 40, streamAt, (byte) 0);

        assertThat(refusal(unfinished)).contains(Reason.UNFINISHED);
    }

    @Test
    void refusesSegmentsInAnotherOrderAlthoughTheHeadIsMadeToFit() throws IOException {
        byte[] swapped = backup.clone();
        System.arraycopy(backup, segment(1), swapped, segment(2), SEGMENT);
        System.arraycopy(backup, segment(2), swapped, segment(1), SEGMENT);
        assertThat(refusal(swapped)).contains(Reason.REORDERED);

        byte[] repeated = backup.clone();
        System.arraycopy(backup, segment(1), repeated, segment(2), SEGMENT);
        assertThat(refusal(repeated)).contains(Reason.REORDERED);

        byte[] dropped = Arrays.copyOf(backup, backup.length - SEGMENT);
        System.arraycopy(backup, segment(2), dropped, segment(1), backup.length - segment(2));
        assertThat(refusal(sealed(dropped))).contains(Reason.REORDERED);

        byte[] cut = Arrays.copyOf(backup, segment(2));
        assertThat(refusal(sealed(cut))).contains(Reason.TRUNCATED);
    }

    @Test
    void refusesPartsOfTwoBackupsOfTheSameSite() throws IOException {
        for (int segment = 0; segment < 3; segment++) {
            byte[] spliced = backup.clone();
            System.arraycopy(
                    earlier,
                    segment(segment),
                    spliced,
                    segment(segment),
                    segment(segment + 1) - segment(segment));
            assertThat(refusal(spliced)).as("segment %s", segment).contains(Reason.ALTERED);
        }
        // The earlier one's content under the later one's head.
        byte[] head = Arrays.copyOf(backup, streamAt);
        byte[] spliced = Arrays.copyOf(head, streamAt + earlier.length - streamAt);
        System.arraycopy(earlier, streamAt, spliced, streamAt, earlier.length - streamAt);
        assertThat(refusal(sealed(spliced))).contains(Reason.ALTERED);
    }

    @Test
    void refusesAHeadThatWasRewrittenToNameAnotherSite() throws IOException {
        byte[] rewritten = backup.clone();
        String text = new String(backup, 0, streamAt, StandardCharsets.ISO_8859_1);
        rewritten[text.indexOf("north")] = 's';

        assertThat(refusal(sealed(rewritten))).contains(Reason.ALTERED);
    }

    @Test
    void refusesEveryKindOfDamageAmongRandomMutations() throws IOException {
        Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
        for (int i = 0; i < 1000; i++) {
            byte[] mutated = mutated();
            Optional<Reason> reason =
                    Arrays.equals(mutated, backup) ? Optional.of(Reason.ALTERED) : refusal(mutated);

            assertThat(reason).as("mutation %s, seed %s", i, SEED).isPresent();
            counts.merge(reason.get(), 1, Integer::sum);
        }
        assertThat(counts).containsKeys(Reason.ALTERED, Reason.TRUNCATED, Reason.TRAILING_BYTES);
    }

    private byte[] mutated() {
        return switch (random.nextInt(4)) {
            case 0 -> flipped(random.nextInt(backup.length));
            case 1 -> Arrays.copyOf(backup, random.nextInt(backup.length));
            case 2 -> Arrays.copyOf(backup, backup.length + 1 + random.nextInt(100));
            default -> {
                byte[] overwritten = backup.clone();
                byte[] noise = new byte[1 + random.nextInt(64)];
                random.nextBytes(noise);
                System.arraycopy(
                        noise,
                        0,
                        overwritten,
                        random.nextInt(backup.length - noise.length),
                        noise.length);
                yield overwritten;
            }
        };
    }

    private byte[] flipped(int at) {
        byte[] altered = backup.clone();
        altered[at] ^= (byte) (1 << random.nextInt(8));
        return altered;
    }

    private int segment(int number) {
        return number == 0 ? streamAt : streamAt + number * SEGMENT;
    }

    /** What an attacker would do, who needs no key for it: make the head's seal fit again. */
    private byte[] sealed(byte[] altered) {
        int facts = ByteBuffer.wrap(altered).getInt(10);
        byte[] head = Arrays.copyOf(altered, 14 + facts);
        byte[] length = ByteBuffer.allocate(8).putLong(altered.length).array();
        var digest = BackupFile.sha256();
        digest.update(head);
        digest.update(length);
        byte[] result = altered.clone();
        System.arraycopy(length, 0, result, head.length, 8);
        System.arraycopy(digest.digest(), 0, result, head.length + 8, 32);
        return result;
    }

    private Optional<Reason> refusal(byte[] bytes) throws IOException {
        Path file = folder.resolve("mutated.nrbackup");
        Files.write(file, bytes);
        try (StreamKey key = new BackupTestKeys(1, SEGMENT).key(BackupKind.DATA)) {
            BackupMaker.verify(BackupFile.open(file), key);
            return Optional.empty();
        } catch (BackupRefused refused) {
            return Optional.of(refused.reason());
        }
    }
}
