package com.neuralrouter.tlog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.tools.ToolProvider;

/** The one-file verifier, compiled as strictly as our own code and run in this JVM. */
final class Verifier {
    /** What it ended with, and what it printed. */
    record Outcome(int exit, String output) {}

    private final MethodHandle run;

    private Verifier(MethodHandle run) {
        this.run = run;
    }

    /** Compiles it into the folder. */
    static Verifier compile(Path folder) {
        try {
            Path source = Files.createDirectories(folder).resolve("AuditVerifier.java");
            Files.write(source, source());
            ByteArrayOutputStream remarks = new ByteArrayOutputStream();
            int failed =
                    ToolProvider.getSystemJavaCompiler()
                            .run(
                                    null,
                                    remarks,
                                    remarks,
                                    "-Xlint:all,-serial,-path",
                                    "-Werror",
                                    "-proc:none",
                                    "-cp",
                                    folder.toString(),
                                    source.toString());
            if (failed != 0) {
                throw new AssertionError(remarks.toString(StandardCharsets.UTF_8));
            }
            ClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null);
            return new Verifier(
                    MethodHandles.publicLookup()
                            .findStatic(
                                    loader.loadClass("AuditVerifier"),
                                    "run",
                                    MethodType.methodType(
                                            int.class, String[].class, PrintStream.class)));
        } catch (IOException | ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static byte[] source() throws IOException {
        try (InputStream in = LogExport.class.getResourceAsStream("/tlog/AuditVerifier.java")) {
            return in.readAllBytes();
        }
    }

    Outcome verify(Object... arguments) {
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8)) {
            int exit = (int) run.invokeExact(texts, out);
            return new Outcome(exit, output.toString(StandardCharsets.UTF_8));
        } catch (Throwable thrown) {
            throw new AssertionError("the verifier broke on " + String.join(" ", texts), thrown);
        }
    }
}
