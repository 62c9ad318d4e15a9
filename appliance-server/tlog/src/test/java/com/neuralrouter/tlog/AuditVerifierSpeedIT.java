package com.neuralrouter.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fast the one-file verifier is: two million entries of an audit trail's size, by the time that
 * its thread had a core, so that other work of the machine doesn't count.
 */
@Tag("long")
class AuditVerifierSpeedIT {
    private static final int ENTRIES = 2_000_000;
    private static final Pattern RATE = Pattern.compile("([0-9]+) in a second of one core's time");

    @Test
    void verifiesTwoHundredThousandEntriesASecond(@TempDir Path temporary) throws IOException {
        Path folder = temporary.resolve("export");
        long bytes = export(folder);

        String output = Verifier.compile(temporary.resolve("verifier")).verify(folder).output();

        System.out.printf("%d entries of %d bytes each%n%s", ENTRIES, bytes / ENTRIES, output);
        assertThat(output).endsWith("GOOD\n");
        Matcher rate = RATE.matcher(output);
        assertThat(rate.find()).isTrue();
        assertThat(Long.parseLong(rate.group(1))).isGreaterThan(200_000);
    }

    /** All entries but for number and time are alike: that costs the verifier no less. */
    private static long export(Path folder) throws IOException {
        TestLog keys = TestLog.ofSize(1, 1);
        Instant start = keys.time(0);
        String like =
                new String(
                        CanonicalJson.write(TestLog.entry(4711, start, new SplittableRandom(1))),
                        StandardCharsets.UTF_8);
        String[] parts =
                like.replace(start.toString(), "\0")
                        .replace("\"sequence\":4711", "\"sequence\":\0")
                        .split("\0");
        LogExport export = new LogExport(folder);
        Frontier frontier = new Frontier();
        long bytes = 0;
        for (int i = 0; i < ENTRIES; i++) {
            String time = start.plusNanos(i * 200_000L).toString();
            byte[] leaf =
                    (parts[0] + i + parts[1] + time + parts[2]).getBytes(StandardCharsets.UTF_8);
            export.append(leaf);
            frontier.append(TreeHash.leaf(leaf));
            bytes += leaf.length;
        }
        String text = new Checkpoint(TestLog.ORIGIN, ENTRIES, frontier.root()).text();
        export.finish(
                NoteSigner.signAll(text, start.plusSeconds(ENTRIES), keys.signers()),
                List.of(),
                keys.keys());
        return bytes;
    }
}
