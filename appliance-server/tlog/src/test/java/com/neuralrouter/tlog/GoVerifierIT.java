package com.neuralrouter.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An export is accepted by hashes and signatures that are not ours: golang.org/x/mod/sumdb of
 * Debian's package, in a program of ours ({@code src/test/go/verify.go}) that only reads files.
 */
@Tag("long")
class GoVerifierIT {
    @Test
    void goAcceptsAnExportAndNoForgery(@TempDir Path temporary) throws IOException {
        DebianGo go = new DebianGo();
        TestLog log = TestLog.ofSize(70_000, 5);
        Path export = temporary.resolve("export");
        log.export(export, log.signers(), 1, 256, 1_000, 65_536, 69_999);
        String program = go.build(Path.of("src/test/go/verify.go").toAbsolutePath()).toString();
        String key = log.ed25519.verifier().toString();
        List<String> verify = List.of(program, export.toString(), key);

        String answer = go.output(verify);

        System.out.println("Go's sumdb: " + answer.strip());
        assertThat(answer)
                .isEqualTo(
                        "GOOD nr.example/audit: 70000 entries, 277 tiles, 5 earlier checkpoints,"
                                + " 722 inclusion proofs\n");
        TestLog stranger = TestLog.ofSize(1, 6);
        assertThat(
                        go.output(
                                List.of(
                                        program,
                                        export.toString(),
                                        stranger.ed25519.verifier().toString())))
                .startsWith("BAD ");
        for (String name : List.of("tile/0/000", "tile/1/000", "tile/entries/100", "checkpoint")) {
            byte[] good = Files.readAllBytes(export.resolve(name));
            byte[] bad = good.clone();
            bad[40] ^= 1;
            Files.write(export.resolve(name), bad);
            assertThat(go.output(verify)).as(name).startsWith("BAD ");
            Files.write(export.resolve(name), good);
        }
        assertThat(go.output(verify)).isEqualTo(answer);
    }
}
