package com.neuralrouter.server.backup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Plugs the hole "a large site does not fit into the memory of its own backup". */
class BackupOfManyRowsIT {
    @TempDir private Path folder;

    @Test
    void twoHundredThousandRowsGoThroughASmallHeapAndNoTemporaryFile() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path output = folder.resolve("output.txt");
        int code =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx96m",
                                "-Djava.io.tmpdir=" + temporary,
                                "-cp",
                                System.getProperty("java.class.path"),
                                BackupOfManyRows.class.getName(),
                                folder.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(new File(output.toString()))
                        .start()
                        .waitFor();

        String printed = Files.readString(output);
        printed.lines().filter(line -> line.startsWith("backup:")).forEach(System.out::println);
        assertThat(code).as(printed).isZero();
        assertThat(printed).contains("rows, ");
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }
}
