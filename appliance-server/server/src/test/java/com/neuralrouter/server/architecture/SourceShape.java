package com.neuralrouter.server.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
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

import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Reads one Java file as the compiler does and says what of it does not fit this house. It knows
 * names, not types: what needs types is in {@link ArchitectureTest}.
 */
final class SourceShape {
    private static final int MAX_FILE_LINES = 400;
    private static final int MAX_METHOD_LINES = 60;
    private static final Pattern UNFINISHED =
            Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");
    private static final Pattern NAME_WITHOUT_DUTY =
            Pattern.compile(".*(Utils?|Helpers?|Manager|Impl|Info|Data)");

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

    private final String name;
    private final boolean main;
    private final String source;
    private final List<String> remarks = new ArrayList<>();

    private SourceShape(String name, boolean main, String source) {
        this.name = name;
        this.main = main;
        this.source = source;
    }

    /** What is wrong with a file, one sentence each; empty for a good one. */
    static List<String> remarks(String name, boolean main, String source) {
        SourceShape shape = new SourceShape(name, main, source);
        shape.lookAtText();
        shape.lookAtTree();
        return shape.remarks;
    }

    private void lookAtText() {
        List<String> lines = source.lines().toList();
        if (lines.size() > MAX_FILE_LINES) {
            remarks.add(name + " has " + lines.size() + " lines; the most is " + MAX_FILE_LINES);
        }
        for (int i = 0; i < lines.size(); i++) {
            if (UNFINISHED.matcher(lines.get(i)).find()) {
                remarks.add(name + ":" + (i + 1) + " leaves work undone: " + lines.get(i).strip());
            }
        }
    }

    private void lookAtTree() {
        JavacTask task =
                (JavacTask)
                        ToolProvider.getSystemJavaCompiler()
                                .getTask(
                                        null,
                                        null,
                                        diagnostic -> {},
                                        List.of("-proc:none"),
                                        null,
                                        List.of(new InMemory(name, source)));
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                new Scanner(unit, positions).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class InMemory extends SimpleJavaFileObject {
        private final String source;

        InMemory(String name, String source) {
            super(URI.create("string:///" + name), JavaFileObject.Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }

    private final class Scanner extends TreePathScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;

        Scanner(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
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
            if (node.getIdentifier().contentEquals("printStackTrace")) {
                check(node, "printStackTrace");
            }
            return super.visitMemberSelect(node, none);
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

        private void check(Tree node, String written) {
            String what = written.replaceFirst("\\bjava\\.(lang|util|time)\\.", "");
            String instead = NEVER.get(what);
            if (instead == null && main) {
                instead = NEVER_IN_MAIN.get(what);
            }
            if (instead != null
                    && RIGHTS.getOrDefault(what, Set.of()).stream().noneMatch(name::contains)) {
                remark(node, what + ": " + instead);
            }
        }

        private void remark(Tree node, String text) {
            remarks.add(name + ":" + start(node) + " " + text);
        }

        private long start(Tree node) {
            return line(positions.getStartPosition(unit, node));
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }
}
