package com.neuralrouter.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.certs.csr.CertificateRequest;
import com.neuralrouter.certs.csr.DeviceKey;
import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.certs.trust.TlsIdentity;
import com.neuralrouter.contract.AdminApi;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code enroll} of a program that has made its own key, with a whole appliance that runs. */
class EnrollCommandIT {
    private static final String SITE =
            """
            apiVersion: neural-router/v1
            providers:
              - {name: loopback, kind: loopback}
            workspaces: []
            routes: []
            """;

    @TempDir private static Path folder;
    private static CommandedSite site;

    @BeforeAll
    static void start() throws IOException {
        site = CommandedSite.start(folder, SITE);
    }

    @AfterAll
    static void stop() throws IOException {
        site.close();
    }

    @Test
    void letsAProgramInWithTheKeyThatItMade() throws Exception {
        DeviceKey key = DeviceKey.generate();
        Path request = request("prometheus.csr", key);
        Path out = folder.resolve("prometheus.pem");

        String told = site.run(enroll("prometheus", request, out));

        TlsIdentity identity = key.with(Pem.certificates(Files.readString(out)));
        assertThat(told).contains("'prometheus' is enrolled as member until 20", "prometheus.pem");
        assertThat(told).as("no code that could be used again").doesNotContain("NR1-");
        assertThat(identity.chain()).hasSize(2);
        assertThat(site.textFor(identity, AdminApi.METRICS)).contains("neural_router_ready 1\n");
    }

    @Test
    void invitesNobodyForWhatIsNoRequest() throws Exception {
        Path request = Files.writeString(folder.resolve("none.csr"), "hello");
        Path out = folder.resolve("none.pem");

        assertThat(site.refused(enroll("none", request, out))).contains("neural-router: ");

        assertThat(out).doesNotExist();
        assertThat(site.run("audit", "access")).doesNotContain("none");
    }

    @Test
    void leavesAFileAloneThatIsThere() throws Exception {
        Path request = request("there.csr", DeviceKey.generate());
        Path out = Files.writeString(folder.resolve("there.pem"), "mine");

        assertThat(site.refused(enroll("there", request, out))).contains("is there already");

        assertThat(out).hasContent("mine");
        assertThat(site.run("audit", "access")).doesNotContain("there");
    }

    @Test
    void invitesNobodyWhoseCertificateCouldNotBeWritten() throws Exception {
        Path request = request("lost.csr", DeviceKey.generate());
        Path out = folder.resolve("no-such-folder").resolve("lost.pem");

        assertThat(site.refused(enroll("lost", request, out))).contains("no-such-folder");

        assertThat(site.run("audit", "access")).doesNotContain("lost");
    }

    @Test
    void leavesNoEmptyFileWhenTheApplianceRefuses() throws Exception {
        Path request = request("refused.csr", DeviceKey.generate());
        Path out = folder.resolve("refused.pem");

        assertThat(site.refused(enroll("", request, out))).contains("neural-router: ");

        assertThat(out).doesNotExist();
    }

    @Test
    void demandsBothFilesOrNone() throws Exception {
        Path request = request("half.csr", DeviceKey.generate());

        assertThat(site.refused("enroll", "--name", "half", "--role", "member", "--csr", request))
                .contains("--out");
    }

    private static Path request(String name, DeviceKey key) throws IOException {
        return Files.writeString(folder.resolve(name), CertificateRequest.of(key).pem());
    }

    private static Object[] enroll(String name, Path request, Path out) {
        return new Object[] {
            "enroll", "--name", name, "--role", "member", "--csr", request, "--out", out
        };
    }
}
