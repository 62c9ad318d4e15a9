package com.neuralrouter.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.certs.trust.PinnedTrust;
import com.neuralrouter.certs.trust.TlsIdentity;
import com.neuralrouter.server.bootstrap.Appliance;
import com.neuralrouter.server.bootstrap.ApplianceConfigReader;
import com.neuralrouter.server.bootstrap.ConfigFile;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.bootstrap.SiteLock;
import com.neuralrouter.server.bootstrap.SiteMaker;
import com.neuralrouter.server.bootstrap.SiteVault;
import com.neuralrouter.server.secret.seal.SealMaterial;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A whole appliance that runs in this process, for commands that reach it. */
final class CommandedSite implements AutoCloseable {
    private final SiteFolder site;
    private final Appliance appliance;
    private final SiteLock lock;

    private CommandedSite(SiteFolder site, Appliance appliance, SiteLock lock) {
        this.site = site;
        this.appliance = appliance;
        this.lock = lock;
    }

    /** Makes the site in the folder, and applies that document to it. */
    static CommandedSite start(Path folder, String document) throws IOException {
        var site = new SiteFolder(folder.resolve("site"));
        var vault = new SiteVault(site, Map.of(), Clock.systemUTC());
        new SiteMaker(site, Clock.systemUTC())
                .make(
                        "proof",
                        List.of("localhost"),
                        config(),
                        "tester",
                        () ->
                                vault.seals()
                                        .create(SiteVault.KEY_FILE, new SealMaterial.Nothing())
                                        .seal());
        Appliance appliance =
                Appliance.start(
                        site,
                        ApplianceConfigReader.read(site.config()),
                        vault.openByItself().orElseThrow(),
                        Clock.systemUTC());
        SiteLock lock = SiteLock.take(site).orElseThrow();
        lock.announce(
                new SiteLock.Running(
                        ProcessHandle.current().pid(),
                        appliance.inferencePort(),
                        appliance.adminPort(),
                        appliance.enrolmentPort()));
        var started = new CommandedSite(site, appliance, lock);
        Path file = Files.writeString(folder.resolve("site.yaml"), document);
        assertThat(started.run("apply", "-f", file, "--yes")).contains("changes made");
        return started;
    }

    private static String config() {
        var settings = new TreeMap<>(Map.of("shutdown-grace", "1s"));
        for (String listener : List.of("inference", "admin", "enrolment")) {
            settings.put("listeners." + listener + ".host", "127.0.0.1");
            settings.put("listeners." + listener + ".port", "0");
        }
        return ConfigFile.text(settings);
    }

    Path root() {
        return site.root();
    }

    /** Of the command for the site; what it printed. */
    String run(Object... arguments) {
        var command = new Command();
        assertThat(command.run(about(arguments))).as(command.err()).isZero();
        return command.out();
    }

    /** Of the command for the site, which fails; what it told the person. */
    String refused(Object... arguments) {
        var command = new Command();
        assertThat(command.run(about(arguments))).as(command.out()).isNotZero();
        return command.err();
    }

    /** What the admin listener answers to who shows that certificate. */
    String textFor(TlsIdentity identity, String path) throws IOException, InterruptedException {
        var root = Pem.certificate(Files.readString(site.rootCertificate()));
        try (HttpClient client =
                HttpClient.newBuilder()
                        .sslContext(PinnedTrust.ofRoot(root).context(identity))
                        .build()) {
            URI uri = URI.create("https://localhost:" + appliance.adminPort() + path);
            return client.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private Object[] about(Object... arguments) {
        Object[] all = new Object[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--site";
        all[arguments.length + 1] = site.root();
        return all;
    }

    @Override
    public void close() throws IOException {
        appliance.close();
        lock.close();
    }
}
