package com.neuralrouter.server.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The source tree that these tests look at: all modules, without what builds leave behind. */
public final class Repository {
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git");

    private final Path root;

    private Repository(Path root) {
        this.root = root;
    }

    /** Looks upwards from the folder in which Maven runs a module's tests. */
    public static Repository find() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("appliance-server"))
                    && Files.isDirectory(at.resolve("certs"))) {
                return new Repository(at);
            }
        }
        throw new IllegalStateException("no repository above " + Path.of("").toAbsolutePath());
    }

    public Path resolve(String path) {
        return root.resolve(path);
    }

    /** As the tests name a file: from the root, with slashes. */
    String name(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    /** Every Java file, that of the benchmark's peers included. */
    List<Path> javaFiles() {
        return files(".java");
    }

    /** The Java files of the modules, tests included. */
    List<Path> moduleSources() {
        return javaFiles().stream().filter(file -> isMain(file) || isTest(file)).toList();
    }

    boolean isMain(Path file) {
        return name(file).contains("/src/main/java/");
    }

    boolean isTest(Path file) {
        return name(file).contains("/src/test/java/");
    }

    List<Path> markdownFiles() {
        return files(".md");
    }

    public static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> files(String ending) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(root, new Collector(ending, found));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(null);
        return found;
    }

    private static final class Collector extends SimpleFileVisitor<Path> {
        private final String ending;
        private final List<Path> found;

        Collector(String ending, List<Path> found) {
            this.ending = ending;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_OURS.contains(folder.getFileName().toString())
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.getFileName().toString().endsWith(ending)) {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
