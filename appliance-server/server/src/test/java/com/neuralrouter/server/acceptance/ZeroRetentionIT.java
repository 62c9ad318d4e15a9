package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Nothing of a prompt or an answer is in any file: not after requests over every path, in five
 * encodings, and a kill in the middle of one. The search is shown to find each form that it looks
 * for.
 */
@Timeout(300)
class ZeroRetentionIT {
    @TempDir private Path folder;

    @Test
    void leavesNothingOfContentInAnyFile() throws Exception {
        var zero = new ZeroRetention(folder);

        int sent = zero.run(2, List.of());

        System.out.printf(
                "canaries: %d requests in the forms %s, over two runs of the server of which one"
                        + " was killed; no finding%n",
                sent, CanaryTraffic.names());
        assertThat(sent).isGreaterThan(300);
        assertThat(Files.size(folder.resolve("rows.sql"))).isGreaterThan(10_000);
        assertThat(zero.findings()).isEmpty();
    }

    @Test
    void findsEachFormOfThePromptWhereItWasPlanted() throws Exception {
        for (var form : CanaryTraffic.forms().entrySet()) {
            Path planted = Files.createDirectory(folder.resolve(form.getKey()));
            String body = "{\"content\":" + form.getValue() + "}";
            boolean wide = form.getKey().equals("UTF-16");
            Files.write(
                    planted.resolve("file"),
                    wide
                            ? CanaryTraffic.CANARY.getBytes(StandardCharsets.UTF_16LE)
                            : body.getBytes(StandardCharsets.UTF_8));

            assertThat(new ByteSearch(CanaryTraffic.wanted()).findings(planted))
                    .as(form.getKey())
                    .isNotEmpty();
        }
    }
}
