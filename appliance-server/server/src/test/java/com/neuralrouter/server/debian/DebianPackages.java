package com.neuralrouter.server.debian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Programs of Debian's that a test needs: fetched with apt-get and unpacked into a folder, without
 * root's rights and without apt's lists. What they need besides must be on the machine.
 */
public final class DebianPackages {
    private final Path folder;
    private final String need;

    /**
     * @param folder made if it is not there; holds the packages and what is in them
     * @param need what a failure says: who needs what
     */
    public DebianPackages(Path folder, String need) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.need = need;
    }

    /** Where their files are, as below the root. */
    public Path unpacked() {
        return folder.resolve("unpacked");
    }

    /** Where their libraries are, for {@code LD_LIBRARY_PATH}. */
    public Path libraries() {
        return unpacked().resolve("usr/lib/x86_64-linux-gnu");
    }

    /** Fetches and unpacks them; there is no other way to see whether that was done whole. */
    public void fetch(List<String> names) throws IOException {
        Path packages = Files.createDirectories(folder.resolve("packages"));
        List<String> download = new ArrayList<>(List.of("apt-get", "download"));
        download.addAll(names);
        try {
            run(packages, download);
        } catch (IllegalStateException _) {
            List<String> own = ownLists();
            run(packages, aptGet(own, List.of("update")));
            run(packages, aptGet(own, download.subList(1, download.size())));
        }
        List<Path> archives;
        try (Stream<Path> children = Files.list(packages)) {
            archives = children.filter(each -> each.toString().endsWith(".deb")).toList();
        }
        for (Path archive : archives) {
            run(packages, List.of("dpkg", "-x", archive.toString(), unpacked().toString()));
        }
    }

    /** Lists in our folder, for a machine that has none or doesn't let us write to its own. */
    private List<String> ownLists() throws IOException {
        Path state = folder.resolve("apt");
        Files.createDirectories(state.resolve("lists/partial"));
        Files.createDirectories(state.resolve("archives/partial"));
        return List.of(
                "-o",
                "Dir::State=" + state,
                "-o",
                "Dir::State::status=/var/lib/dpkg/status",
                "-o",
                "Dir::Cache=" + state,
                "-o",
                "APT::Sandbox::User=" + System.getProperty("user.name"));
    }

    private static List<String> aptGet(List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("apt-get"));
        command.addAll(options);
        command.addAll(arguments);
        return command;
    }

    /** Runs a command to its end; throws {@link IllegalStateException} if it fails. */
    public void run(Path in, List<String> command) {
        Path log = folder.resolve("last-command.log");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .directory(in.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile());
            if (Files.isDirectory(libraries())) {
                builder.environment().put("LD_LIBRARY_PATH", libraries().toString());
            }
            Process process = builder.start();
            if (!process.waitFor(180, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(missing(command, "took more than 180 s", log));
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(
                        missing(command, "ended with " + process.exitValue(), log));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(missing(command, "can't be run", log), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    private String missing(List<String> command, String what, Path log) {
        return need + "; '" + String.join(" ", command) + "' " + what + ", see " + log;
    }
}
