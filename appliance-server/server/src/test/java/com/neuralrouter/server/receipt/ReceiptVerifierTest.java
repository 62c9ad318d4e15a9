package com.neuralrouter.server.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

/** The verifier that is given to others: one file, compiled strictly, without our classes. */
class ReceiptVerifierTest {
    @TempDir private static Path folder;
    private static MethodHandle verifier;

    private final Receipts site = ReceiptFixtures.site(1);
    private final String jws = ReceiptFixtures.signedBy(site).jws();

    @BeforeAll
    static void compile() throws Exception {
        Path source = folder.resolve("ReceiptVerifier.java");
        try (InputStream in =
                ReceiptCheck.class.getResourceAsStream("/receipt/ReceiptVerifier.java")) {
            Files.write(source, in.readAllBytes());
        }
        var remarks = new ByteArrayOutputStream();
        int failed =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                remarks,
                                remarks,
                                "--release",
                                "17",
                                "-Xlint:all,-serial,-path,-options",
                                "-Werror",
                                "-proc:none",
                                "-cp",
                                folder.toString(),
                                source.toString());
        assertThat(failed).as(remarks.toString(StandardCharsets.UTF_8)).isZero();
        ClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null);
        verifier =
                MethodHandles.publicLookup()
                        .findStatic(
                                loader.loadClass("ReceiptVerifier"),
                                "run",
                                MethodType.methodType(
                                        int.class, String[].class, PrintStream.class));
    }

    private record Outcome(int exit, String output) {}

    private Outcome verify(String receipt, String... more) throws Throwable {
        Files.write(folder.resolve("jwks.json"), site.keys().jwks());
        Files.writeString(folder.resolve("receipt.jws"), receipt + "\n");
        String[] all = new String[4 + more.length];
        all[0] = "--keys";
        all[1] = folder.resolve("jwks.json").toString();
        all[2] = "--receipt";
        all[3] = folder.resolve("receipt.jws").toString();
        System.arraycopy(more, 0, all, 4, more.length);
        var output = new ByteArrayOutputStream();
        try (var out = new PrintStream(output, true, StandardCharsets.UTF_8)) {
            int exit = (int) verifier.invokeExact(all, out);
            return new Outcome(exit, output.toString(StandardCharsets.UTF_8));
        }
    }

    private static String file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content).toString();
    }

    @Test
    void verifiesAReceiptWithItsContent() throws Throwable {
        Outcome outcome =
                verify(
                        jws,
                        "--issuer",
                        "nr.site-1",
                        "--request",
                        file("request", ReceiptFixtures.REQUEST),
                        "--answer",
                        file("answer", ReceiptFixtures.ANSWER));

        assertThat(outcome.exit()).as(outcome.output()).isZero();
        assertThat(outcome.output())
                .contains("The signature is good.")
                .contains("It is this site's.")
                .contains("It is about this request.")
                .contains("It is about this answer.")
                .contains("jurisdiction=DE");
    }

    @Test
    void refusesAnyAlteredCharacter() throws Throwable {
        for (int i = 0; i < jws.length(); i++) {
            char other = jws.charAt(i) == 'A' ? 'B' : 'A';

            Outcome outcome = verify(jws.substring(0, i) + other + jws.substring(i + 1));

            assertThat(outcome.exit()).as("character %d: %s", i, outcome.output()).isEqualTo(1);
        }
    }

    @Test
    void refusesAnotherSitesReceipt() throws Throwable {
        String theirs = ReceiptFixtures.signedBy(ReceiptFixtures.site(2)).jws();

        assertThat(verify(theirs).exit()).isEqualTo(1);
        assertThat(verify(jws, "--issuer", "nr.site-2").exit()).isEqualTo(1);
    }

    @Test
    void refusesOtherContent() throws Throwable {
        String other = file("other", new byte[] {1});

        assertThat(verify(jws, "--request", other).output()).contains("about another request");
        assertThat(verify(jws, "--answer", other).output()).contains("about another answer");
    }

    @Test
    void findsTheReceiptInItsEntryOfTheLog() throws Throwable {
        String entry =
                "{\"receipt\":\"%s\",\"request\":\"%s\",\"sequence\":4711}"
                        .formatted(ReceiptKeys.hash(jws), ReceiptFixtures.receipt().request());
        byte[] good = entry.getBytes(StandardCharsets.UTF_8);
        byte[] older = entry.replace("4711", "1").getBytes(StandardCharsets.UTF_8);

        assertThat(verify(jws, "--leaf", file("leaf", good)).output()).contains("number 4711");
        assertThat(verify(jws, "--leaf", file("older", older)).exit()).isEqualTo(1);
    }

    @Test
    void saysHowItIsCalled() throws Throwable {
        assertThat(verify(jws, "--nonsense", "x").exit()).isEqualTo(2);
    }
}
