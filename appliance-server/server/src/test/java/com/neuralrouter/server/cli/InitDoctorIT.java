package com.neuralrouter.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.neuralrouter.server.bootstrap.ApplianceConfigReader;
import com.neuralrouter.server.bootstrap.SiteFolder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Founds real sites in real folders, and damages them. */
class InitDoctorIT {
    @TempDir private Path folder;

    @Test
    void initMakesASiteThatTheDoctorFindsWell() throws IOException {
        Path site = folder.resolve("deep/site");

        Command init = init(site);

        assertThat(init.out()).contains("A new site is in " + site, "Next: neural-router serve");
        var config = ApplianceConfigReader.read(site.resolve("appliance.yaml"));
        assertThat(config.name()).isEqualTo("north");
        assertThat(config.listeners().inference().host()).isEqualTo("127.0.0.1");
        var doctor = new Command();
        assertThat(doctor.run("doctor", "--site", site)).as(doctor.out()).isZero();
        assertThat(doctor.out().lines().filter(line -> !line.startsWith("ok ")))
                .singleElement(STRING)
                .startsWith("warn  vault         its seal is a key file");
        assertThat(doctor.out())
                .contains("configuration", "files", "certificates", "store", "ports");
    }

    @Test
    void theDoctorTellsThatTheOperatorCanNoLongerAdminister() throws IOException {
        Path site = folder.resolve("site");
        init(site);
        var doctor = new Command().at(Clock.offset(Clock.systemUTC(), Duration.ofDays(398)));

        assertThat(doctor.run("doctor", "--site", site)).isEqualTo(1);

        assertThat(doctor.out().lines().filter(line -> line.contains("operator.p12 (")))
                .singleElement(STRING)
                .startsWith("fail  certificates  operator.p12")
                .contains("another owner's device");
    }

    @Test
    void nobodyElseMayEnterAFolderThatInitMade() throws IOException {
        Path site = folder.resolve("site");
        init(site);

        try (Stream<Path> all = Files.walk(site)) {
            for (Path path : all.filter(Files::isDirectory).toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .as(path.toString())
                        .endsWith("------");
            }
        }
    }

    @Test
    void initNeverTouchesAFolderThatIsNotEmpty() throws IOException {
        Path letter = Files.writeString(folder.resolve("letter.txt"), "mine");
        var command = new Command();

        assertThat(command.run("init", "--site", folder)).isEqualTo(1);

        assertThat(command.err()).contains("is not an empty folder").hasLineCount(1);
        assertThat(letter).hasContent("mine");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(letter));
    }

    @Test
    void initDoesNotFoundASiteTwice() throws IOException {
        Path site = folder.resolve("site");
        init(site);
        byte[] vault = Files.readAllBytes(new SiteFolder(site).vault());
        var again = new Command();

        assertThat(again.run("init", "--site", site)).isEqualTo(1);

        assertThat(again.err()).contains("There is a site in").hasLineCount(1);
        assertThat(Files.readAllBytes(new SiteFolder(site).vault())).isEqualTo(vault);
    }

    @Test
    void anInitThatFailsLeavesNothing() throws IOException {
        Path site = Files.createDirectory(folder.resolve("site"));
        var command = new Command();

        assertThat(command.run("init", "--site", site, "--host", "not a host")).isEqualTo(1);

        assertThat(command.err()).contains("not a host").hasLineCount(1);
        assertThat(site).isEmptyDirectory();
    }

    @Test
    void refusesAPortThatThereIsNot() {
        var command = new Command();

        assertThat(command.run("init", "--site", folder.resolve("s"), "--admin-port", "70000"))
                .isEqualTo(1);

        assertThat(command.err()).contains("70000 is outside the range").hasLineCount(1);
        assertThat(folder.resolve("s")).doesNotExist();
    }

    @Test
    void theDoctorFindsWhatIsWrongAndSaysWhatToDo() throws IOException {
        Path site = folder.resolve("site");
        init(site);
        var layout = new SiteFolder(site);
        Files.setPosixFilePermissions(
                layout.operatorPassword(), PosixFilePermissions.fromString("rw-r--r--"));
        Files.delete(layout.vault());
        Files.delete(layout.journal());
        Files.writeString(layout.journal(), "a file where a folder belongs");
        Files.writeString(layout.config(), "nam: x\n");
        var doctor = new Command();

        assertThat(doctor.run("doctor", "--site", site)).isEqualTo(1);

        List<String> fails = doctor.out().lines().filter(line -> line.startsWith("fail")).toList();
        assertThat(fails)
                .anyMatch(line -> line.contains("unknown key 'nam'"))
                .anyMatch(line -> line.contains("chmod 600"))
                .anyMatch(line -> line.contains("vault.json is missing"))
                .anyMatch(line -> line.contains("is no folder that this account can write"));
    }

    @Test
    void theDoctorFindsABusyPort() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Path site = folder.resolve("site");
            var init = new Command();
            init.run(
                    "init",
                    "--site",
                    site,
                    "--bind",
                    "127.0.0.1",
                    "--inference-port",
                    taken.getLocalPort());
            var doctor = new Command();

            assertThat(doctor.run("doctor", "--site", site)).isEqualTo(1);

            assertThat(doctor.out())
                    .contains("127.0.0.1:" + taken.getLocalPort() + " can't be had");
        }
    }

    private static Command init(Path site) {
        var command = new Command();
        int exit =
                command.run(
                        "init",
                        "--site",
                        site,
                        "--name",
                        "north",
                        "--bind",
                        "127.0.0.1",
                        "--inference-port",
                        "0",
                        "--admin-port",
                        "0",
                        "--enrolment-port",
                        "0");
        assertThat(exit).as(command.err()).isZero();
        return command;
    }
}
