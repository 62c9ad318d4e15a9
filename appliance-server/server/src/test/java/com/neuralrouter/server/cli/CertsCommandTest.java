package com.neuralrouter.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.certs.ca.KeyLock;
import com.neuralrouter.certs.ca.ServerName;
import com.neuralrouter.certs.csr.CertificateRequest;
import com.neuralrouter.certs.csr.DeviceKey;
import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.certs.trust.TlsIdentity;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.certificate.SiteCertificates;
import com.neuralrouter.server.secret.TestVault;
import com.neuralrouter.server.secret.Vault;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

class CertsCommandTest {
    @TempDir Path temp;
    private Path password;
    private Path pki;

    /** What a run of the command came to. */
    private record Run(int code, String out, String err) {}

    @BeforeEach
    void writeAPassword() throws IOException {
        password = Files.writeString(temp.resolve("password"), "a pass phrase\n");
        pki = temp.resolve("pki");
    }

    @Test
    void makesAnAuthorityAndIssuesToAServerAndADevice() throws IOException {
        Path csr = temp.resolve("alice.csr");
        DeviceKey key = DeviceKey.generate();
        Files.writeString(csr, CertificateRequest.of(key).pem());

        Run create = create();
        Run server =
                run(
                        "server",
                        "--ca",
                        pki,
                        "--ca-password-file",
                        password,
                        "--host",
                        "vllm.test,10.0.0.7",
                        "--out",
                        temp.resolve("vllm.p12"),
                        "--password-file",
                        password);
        Run client =
                run(
                        "client",
                        "--ca",
                        pki,
                        "--ca-password-file",
                        password,
                        "--csr",
                        csr,
                        "--name",
                        "Alice",
                        "--out",
                        temp.resolve("alice.pem"),
                        "--days",
                        30);

        assertThat(List.of(create.code(), server.code(), client.code())).containsOnly(0);
        assertThat(create.out()).contains("Root fingerprint: ");
        TlsIdentity vllm =
                TlsIdentity.ofPkcs12(
                        Files.readAllBytes(temp.resolve("vllm.p12")),
                        "a pass phrase".toCharArray());
        assertThat(vllm.chain()).hasSize(2);
        TlsIdentity alice = key.with(Pem.certificates(Files.readString(temp.resolve("alice.pem"))));
        assertThat(alice.leaf().getSubjectX500Principal().getName())
                .isEqualTo("CN=Alice,O=Test Site");
    }

    @Test
    void showsAServersCertificateWithoutItsKey() {
        create();
        run(
                "server",
                "--ca",
                pki,
                "--ca-password-file",
                password,
                "--host",
                "vllm.test",
                "--out",
                temp.resolve("vllm.pem"),
                "--password-file",
                password);

        Run show = run("show", temp.resolve("vllm.pem"));

        assertThat(show.code()).isZero();
        assertThat(show.out())
                .contains("subject      CN=vllm.test, O=Test Site")
                .contains("names        vllm.test")
                .contains("396 days left")
                .doesNotContain("KEY");
    }

    @Test
    void givesTheListenersOfASiteOtherNames() throws IOException {
        SiteFolder site = new SiteFolder(temp.resolve("site"));
        try (Vault vault = TestVault.in(site.root());
                KeyLock lock = SiteCertificates.lock(vault)) {
            var certificates = new SiteCertificates(site.certs(), lock, Clock.systemUTC());
            certificates.create("Test Site", List.of(new ServerName("old.test")));

            Run run = run("listeners", "--site", site.root(), "--host", "new.test");

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(certificates.load().admin().leaf().getSubjectX500Principal().getName())
                    .isEqualTo("CN=new.test,O=Test Site");
        }
    }

    @Test
    void failsWithASentenceAndWithoutAStackTrace() throws IOException {
        create();
        Path wrong = Files.writeString(temp.resolve("wrong"), "another");
        Path empty = Files.writeString(temp.resolve("empty"), "\n");
        Path csr = Files.writeString(temp.resolve("bad.csr"), "no request");

        assertFails("already", "create", pki, "--name", "X", "--password-file", password);
        assertFails("is empty", "create", temp, "--name", "X", "--password-file", empty);
        assertFails("neither a host name", server(password, "not a host"));
        assertFails("another password", server(wrong, "a.test"));
        assertFails(
                "Expected exactly one PEM block",
                "client",
                "--ca",
                pki,
                "--ca-password-file",
                password,
                "--csr",
                csr,
                "--name",
                "A",
                "--out",
                temp.resolve("out"));
        assertFails("There is no file", "show", temp.resolve("nothing.pem"));
        assertFails("holds no PEM certificate", "show", password);
        assertFails(
                "There is no vault", "listeners", "--site", temp.resolve("x"), "--host", "a.test");
    }

    @Test
    void refusesWrongUsageWithExitCode2() {
        assertThat(run().code()).isEqualTo(2);
        assertThat(run("server", "--host", "a").code()).isEqualTo(2);
        assertThat(run("server", "--site", temp, "--ca", pki).code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "listeners", "server", "client", "show"})
    void teachesByExample(String subcommand) {
        Run help = run(subcommand, "--help");

        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("Example:").contains("neural-router certs " + subcommand);
    }

    private Object[] server(Path caPassword, String host) {
        return new Object[] {
            "server",
            "--ca",
            pki,
            "--ca-password-file",
            caPassword,
            "--host",
            host,
            "--out",
            temp.resolve("out.pem"),
            "--password-file",
            password
        };
    }

    private Run create() {
        return run("create", pki, "--name", "Test Site", "--password-file", password);
    }

    private void assertFails(String reason, Object... arguments) {
        Run run = run(arguments);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).startsWith("neural-router: ").contains(reason);
        assertThat(run.err().lines()).hasSize(1);
    }

    private static Run run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                new CommandLine(new CertsCommand())
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(
                                List.of(arguments).stream()
                                        .map(String::valueOf)
                                        .toArray(String[]::new));
        return new Run(code, out.toString(), err.toString());
    }
}
