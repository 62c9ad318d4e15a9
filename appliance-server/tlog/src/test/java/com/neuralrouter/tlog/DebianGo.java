package com.neuralrouter.tlog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Debian's Go and its package of golang.org/x/mod, fetched with apt-get and unpacked into the
 * module's target folder, without root's rights: what {@link GoVerifierIT} builds its program with.
 */
final class DebianGo {
    private static final List<String> PACKAGES =
            List.of(
                    "golang-1.19-go",
                    "golang-1.19-src",
                    "golang-golang-x-mod-dev",
                    "golang-golang-x-crypto-dev");

    private final Path folder = Path.of("target", "go").toAbsolutePath();
    private final Path unpacked = folder.resolve("unpacked");

    /** Builds the program. */
    Path build(Path source) throws IOException {
        Path program = folder.resolve("verify");
        if (!Files.exists(go())) {
            fetch();
        }
        run(folder, List.of(go().toString(), "build", "-o", program.toString(), source.toString()));
        return program;
    }

    /** What the command printed; its exit code is the caller's to judge by that. */
    String output(List<String> command) throws IOException {
        Path log = folder.resolve("output");
        start(folder, command, log);
        return Files.readString(log);
    }

    private void fetch() throws IOException {
        Path packages = Files.createDirectories(folder.resolve("packages"));
        List<String> download = new ArrayList<>(List.of("apt-get", "download"));
        download.addAll(PACKAGES);
        run(packages, download);
        try (Stream<Path> archives = Files.list(packages)) {
            for (Path archive :
                    archives.filter(file -> file.toString().endsWith(".deb")).toList()) {
                run(packages, List.of("dpkg", "-x", archive.toString(), unpacked.toString()));
            }
        }
    }

    private Path go() {
        return unpacked.resolve("usr/lib/go-1.19/bin/go");
    }

    private void run(Path in, List<String> command) throws IOException {
        Path log = folder.resolve("last-command.log");
        int exit = start(in, command, log);
        if (exit != 0) {
            throw new IllegalStateException(
                    "The verifier that is not ours needs Debian's Go, or apt-get and a mirror to"
                            + " fetch it; '%s' ended with %d:%n%s"
                                    .formatted(
                                            String.join(" ", command),
                                            exit,
                                            Files.readString(log)));
        }
    }

    private int start(Path in, List<String> command, Path log) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(in.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().put("GOROOT", unpacked.resolve("usr/lib/go-1.19").toString());
        builder.environment().put("GOPATH", unpacked.resolve("usr/share/gocode").toString());
        builder.environment().put("GOCACHE", folder.resolve("cache").toString());
        builder.environment().put("GO111MODULE", "off");
        builder.environment().put("CGO_ENABLED", "0");
        Process process = builder.start();
        try {
            if (!process.waitFor(600, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " took more than ten minutes");
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }
}
