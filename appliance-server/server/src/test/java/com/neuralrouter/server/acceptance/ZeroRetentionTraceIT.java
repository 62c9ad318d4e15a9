package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.debian.DebianPackages;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The same for more than 1,000 requests, with every write of the server traced by strace, which is
 * fetched from Debian's mirror unless it is installed: nothing of content is written to anything
 * but a socket, not even for a moment. That the trace sees what is written is shown by what goes to
 * the provider in the clear.
 */
@Tag("long")
class ZeroRetentionTraceIT {
    private static final Path INSTALLED = Path.of("/usr/bin/strace");
    private static final Pattern BYTE = Pattern.compile("\\\\x([0-9a-f]{2})");
    private static final Pattern SOCKET =
            Pattern.compile("(write|writev|pwrite64|pwritev2?)\\([0-9]+<(TCP|UNIX|socket)[^>]*>.*");

    @TempDir private Path folder;

    @Test
    void writesNothingOfContentToAnyFile() throws Exception {
        Path traced = Files.createDirectory(folder.resolve("traced"));
        Path searched = Files.createDirectory(folder.resolve("searched"));
        var zero = new ZeroRetention(Files.createDirectory(searched.resolve("all")));

        int sent =
                zero.run(
                        6,
                        List.of(
                                strace(),
                                "-D",
                                "-f",
                                "-ff",
                                "--seccomp-bpf",
                                "-yy",
                                "-xx",
                                "-s",
                                "10000000",
                                "-e",
                                "trace=write,writev,pwrite64,pwritev,pwritev2",
                                "-o",
                                traced.resolve("trace").toString()));
        Path files = Files.createDirectory(searched.resolve("written"));
        Path sockets = Files.createDirectory(folder.resolve("sent"));
        long writes = decode(traced, files, sockets);

        System.out.printf(
                "canaries: %d requests, %d writes to files traced (%d bytes)%n",
                sent, writes, bytes(files));
        assertThat(sent).isGreaterThan(1_000);
        assertThat(writes).as("writes to files").isGreaterThan(100);
        assertThat(new ByteSearch(CanaryTraffic.wanted()).findings(sockets))
                .as("what went to the provider, as a proof that the trace sees it")
                .isNotEmpty();
        assertThat(new ByteSearch(CanaryTraffic.wanted()).findings(files)).isEmpty();
        assertThat(zero.findings()).isEmpty();
    }

    private static String strace() throws IOException {
        if (Files.isExecutable(INSTALLED)) {
            return INSTALLED.toString();
        }
        var debian =
                new DebianPackages(
                        Path.of("target", "strace").toAbsolutePath(),
                        "strace is not installed and can't be fetched");
        debian.fetch(List.of("strace", "libunwind8"));
        return debian.unpacked().resolve("usr/bin/strace").toString();
    }

    /** The bytes of each write, apart for files and for sockets; returns how many to files. */
    private static long decode(Path traced, Path files, Path sockets) throws IOException {
        long writes = 0;
        try (var traces = Files.list(traced)) {
            for (Path trace : traces.toList()) {
                String name = trace.getFileName().toString();
                try (BufferedReader in = Files.newBufferedReader(trace);
                        BufferedWriter toFiles = latin(files.resolve(name));
                        BufferedWriter toSockets = latin(sockets.resolve(name))) {
                    for (String line; (line = in.readLine()) != null; ) {
                        boolean socket = SOCKET.matcher(line).matches();
                        writes += socket ? 0 : 1;
                        (socket ? toSockets : toFiles).write(decoded(line));
                    }
                }
            }
        }
        return writes;
    }

    private static BufferedWriter latin(Path file) throws IOException {
        return Files.newBufferedWriter(file, StandardCharsets.ISO_8859_1);
    }

    private static String decoded(String line) {
        var bytes = new StringBuilder();
        Matcher each = BYTE.matcher(line);
        while (each.find()) {
            bytes.append((char) Integer.parseInt(each.group(1), 16));
        }
        return bytes.toString();
    }

    private static long bytes(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
