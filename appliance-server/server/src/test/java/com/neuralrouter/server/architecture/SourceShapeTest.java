package com.neuralrouter.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.architecture.SourceShape.SourceFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/** Keeps the sources of all modules in shape: size, names, and what no source may do. */
class SourceShapeTest {
    private final Repository repository = Repository.find();

    @Test
    void everySourceIsInShape() {
        List<SourceFile> files =
                repository.moduleSources().stream()
                        .map(file ->
                                new SourceFile(
                                        repository.name(file),
                                        repository.isMain(file),
                                        Repository.read(file)))
                        .toList();

        assertThat(SourceShape.remarks(files)).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsForAndIsNullMarked() {
        TreeSet<Path> packages = new TreeSet<>();
        repository.moduleSources().stream()
                .filter(repository::isMain)
                .filter(file -> !file.endsWith("module-info.java"))
                .forEach(file -> packages.add(file.getParent()));

        assertThat(packages)
                .as("a package-info.java with Javadoc and @NullMarked")
                .allSatisfy(folder -> {
                    Path file = folder.resolve("package-info.java");
                    assertThat(Files.exists(file)).as(repository.name(file)).isTrue();
                    assertThat(Repository.read(file))
                            .as(repository.name(file))
                            .startsWith("/**")
                            .contains("@NullMarked");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class A { void b() throws Exception { Thread.sleep(1); } }",
                "class A { void b(Throwable t) { t.printStackTrace(); } }",
                "class A { void b() { System.out.println(); } }",
                "class A { void b() { java.lang.System.err.println(); } }",
                "class A { Object b = java.time.Instant.now(); }",
                "class A { Object b = UUID.randomUUID(); }",
                "class A { Object b = new Random(); }",
                "class RequestManager {}",
                "class A { record RowData() {} }",
                "class A { /* TO" + "DO */ }",
            })
    void findsWhatIsOutOfShape(String source) {
        assertThat(remarks("com/neuralrouter/server/usage/A.java", true, source)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class A { void b() { assumeTrue(false); } }",
                "class A { void b() { Assumptions.assumeFalse(true); } }",
                "class A { void b() { assumingThat(false, () -> {}); } }",
                "class A { void b() { throw new TestAbortedException(); } }",
                "@Disabled class A {}",
                "class A { @DisabledOnOs(OS.WINDOWS) void b() {} }",
                "class A { @org.junit.jupiter.api.condition.EnabledIf(\"c\") void b() {} }",
            })
    void findsATestThatMaySkipItself(String source) {
        assertThat(remarks("ATest.java", false, source)).hasSize(1);
    }

    @Test
    void findsFilesAndMethodsThatAreTooLong() {
        String longMethod = "class A { void b() {" + "\n".repeat(60) + "} }";
        String longFile = "class A {" + "\n".repeat(400) + "}";

        assertThat(remarks("A.java", true, longMethod)).hasSize(1);
        assertThat(remarks("A.java", true, longFile)).hasSize(1);
    }

    @Test
    void leavesWordsInCommentsAndTheRoomsWithTheRightAlone() {
        String comment = "/** Unlike Thread.sleep or System.out. */ class A {}";
        String print = "class A { void b() { System.out.println(); } }";
        String clock = "class A { Object b = Instant.now(clock); }";

        assertThat(remarks("A.java", true, comment)).isEmpty();
        assertThat(remarks("com/neuralrouter/server/cli/A.java", true, print)).isEmpty();
        assertThat(remarks("A.java", false, print)).isEmpty();
        assertThat(remarks("A.java", true, clock)).isEmpty();
    }

    private static List<String> remarks(String name, boolean main, String source) {
        return SourceShape.remarks(List.of(new SourceFile(name, main, source)));
    }
}
