package com.neuralrouter.server.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Reads Java files as the compiler does and says what of them does not fit this house. It knows
 * names, not types: what needs types is in {@link ArchitectureTest}.
 */
final class SourceShape {
    private static final int MAX_FILE_LINES = 400;
    private static final int MAX_METHOD_LINES = 60;
    private static final Pattern UNFINISHED =
            Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");

    /** Associated data is what the field calls it (RFC 5116). */
    private static final Pattern NAME_WITHOUT_DUTY =
            Pattern.compile(".*(Utils?|Helpers?|Manager|Impl|Info|(?<!Associated)Data)");

    /** What skips a test: a test that did not run shows nothing, and nobody notices. */
    private static final Pattern SKIPS =
            Pattern.compile(
                    "assume(True|False|That)|assumingThat|TestAbortedException|Ignore"
                            + "|Disabled\\w*|Enabled(On|If|For)\\w*");

    /** What nothing may do: sleeping tests are slow and lie, chance must be handed in. */
    private static final Map<String, String> NEVER =
            Map.of(
                    "Thread.sleep", "wait for the condition itself, with a deadline",
                    "TimeUnit.sleep", "wait for the condition itself, with a deadline",
                    "printStackTrace", "log it with System.Logger");

    private static final Map<String, String> NEVER_IN_MAIN =
            Map.of(
                    "System.out", "log it with System.Logger",
                    "System.err", "log it with System.Logger",
                    "Instant.now()", "take the time from a Clock",
                    "LocalDate.now()", "take the time from a Clock",
                    "LocalDateTime.now()", "take the time from a Clock",
                    "OffsetDateTime.now()", "take the time from a Clock",
                    "ZonedDateTime.now()", "take the time from a Clock",
                    "System.currentTimeMillis", "take the time from a Clock",
                    "UUID.randomUUID", "draw it from id.Ids",
                    "new Random", "use SecureRandom, or ThreadLocalRandom for what is no secret");

    /** The rooms whose duty it is. */
    private static final Map<String, Set<String>> RIGHTS =
            Map.of(
                    "System.out", Set.of("/server/cli/"),
                    "System.err", Set.of("/server/cli/"),
                    "UUID.randomUUID", Set.of("/server/id/Ids.java"));

    private final List<String> remarks = new ArrayList<>();

    private SourceShape() {}

    /** What is wrong with the files, one sentence each; empty for good ones. */
    static List<String> remarks(List<SourceFile> files) {
        SourceShape shape = new SourceShape();
        files.forEach(shape::lookAtText);
        shape.lookAtTrees(files);
        return shape.remarks;
    }

    private void lookAtText(SourceFile file) {
        List<String> lines = file.text().lines().toList();
        if (lines.size() > MAX_FILE_LINES) {
            remarks.add(file.name() + " has " + lines.size() + " lines of at most 400");
        }
        for (int i = 0; i < lines.size(); i++) {
            if (UNFINISHED.matcher(lines.get(i)).find()) {
                remarks.add(
                        file.name()
                                + ":"
                                + (i + 1)
                                + " leaves work undone: "
                                + lines.get(i).strip());
            }
        }
    }

    /** In one task for all: making one costs more than reading a file. */
    private void lookAtTrees(List<SourceFile> files) {
        JavacTask task =
                (JavacTask)
                        ToolProvider.getSystemJavaCompiler()
                                .getTask(
                                        null,
                                        null,
                                        diagnostic -> {},
                                        List.of("-proc:none"),
                                        null,
                                        files.stream().map(InMemory::new).toList());
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        Map<String, SourceFile> byName =
                files.stream().collect(Collectors.toMap(SourceFile::name, file -> file));
        try {
            for (CompilationUnitTree unit : task.parse()) {
                String name = unit.getSourceFile().toUri().getPath().substring(1);
                new Scanner(unit, byName.get(name), positions).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One file.
     *
     * @param name from the repository's root, with slashes
     * @param main whether it is part of the product, and not of its tests
     */
    record SourceFile(String name, boolean main, String text) {}

    private static final class InMemory extends SimpleJavaFileObject {
        private final SourceFile file;

        InMemory(SourceFile file) {
            super(URI.create("string:///" + file.name()), JavaFileObject.Kind.SOURCE);
            this.file = file;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return file.text();
        }
    }

    private final class Scanner extends TreePathScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourceFile file;
        private final SourcePositions positions;

        Scanner(CompilationUnitTree unit, SourceFile file, SourcePositions positions) {
            this.unit = unit;
            this.file = file;
            this.positions = positions;
        }

        @Override
        public Void visitClass(ClassTree node, Void none) {
            if (NAME_WITHOUT_DUTY.matcher(node.getSimpleName()).matches()) {
                remark(node, "class " + node.getSimpleName() + ": a name must say its duty");
            }
            return super.visitClass(node, none);
        }

        @Override
        public Void visitMethod(MethodTree node, Void none) {
            long lines = line(positions.getEndPosition(unit, node)) - start(node) + 1;
            if (lines > MAX_METHOD_LINES) {
                remark(node, node.getName() + " has " + lines + " lines of at most 60");
            }
            return super.visitMethod(node, none);
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree node, Void none) {
            check(node, node.toString());
            checkSkips(node, node.getIdentifier());
            if (node.getIdentifier().contentEquals("printStackTrace")) {
                check(node, "printStackTrace");
            }
            return super.visitMemberSelect(node, none);
        }

        @Override
        public Void visitIdentifier(IdentifierTree node, Void none) {
            checkSkips(node, node.getName());
            return super.visitIdentifier(node, none);
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree node, Void none) {
            if (node.getArguments().isEmpty()) {
                check(node, node.getMethodSelect() + "()");
            }
            return super.visitMethodInvocation(node, none);
        }

        @Override
        public Void visitNewClass(NewClassTree node, Void none) {
            check(node, "new " + node.getIdentifier());
            return super.visitNewClass(node, none);
        }

        private void checkSkips(Tree node, CharSequence name) {
            if (!file.main() && SKIPS.matcher(name).matches()) {
                remark(node, name + ": make what the test needs, and run it");
            }
        }

        private void check(Tree node, String written) {
            String what = written.replaceFirst("\\bjava\\.(lang|util|time)\\.", "");
            String instead = NEVER.get(what);
            if (instead == null && file.main()) {
                instead = NEVER_IN_MAIN.get(what);
            }
            if (instead != null
                    && RIGHTS.getOrDefault(what, Set.of()).stream()
                            .noneMatch(file.name()::contains)) {
                remark(node, what + ": " + instead);
            }
        }

        private void remark(Tree node, String text) {
            remarks.add(file.name() + ":" + start(node) + " " + text);
        }

        private long start(Tree node) {
            return line(positions.getStartPosition(unit, node));
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }
}
