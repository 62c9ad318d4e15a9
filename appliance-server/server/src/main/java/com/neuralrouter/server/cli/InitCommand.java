package com.neuralrouter.server.cli;

import com.neuralrouter.server.bootstrap.ApplianceConfig;
import com.neuralrouter.server.bootstrap.ConfigFile;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.bootstrap.SiteMaker;
import com.neuralrouter.server.secret.seal.NewSeal;
import com.neuralrouter.server.secret.seal.Seal;
import com.neuralrouter.server.secret.seal.SealChoice;
import com.neuralrouter.server.secret.seal.SealKind;
import com.neuralrouter.server.secret.seal.SealMaterial;
import com.neuralrouter.server.secret.seal.SealSpec;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/** {@code neural-router init}: makes a new site in an empty folder. */
@Command(
        name = "init",
        header = "Make a new site in an empty folder.",
        description = {
            "",
            "Makes the site's root key, its certificate authority and the listeners' certificates,"
                    + " the operator's key store with which the commands on this machine"
                    + " administer it, an empty store, and appliance.yaml with every setting and"
                    + " its comment.",
            "",
            "The folder must be empty or not there yet. Nothing that exists is ever overwritten.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router init --site /var/lib/neural-router --name north \\",
            "      --host llm.example.org --host 10.1.2.3",
            "",
            "What happens next: look at appliance.yaml, start the appliance with 'neural-router"
                    + " serve', and give certs/root.pem to whoever calls it. Keep a copy of"
                    + " keys/vault.json where the backups are not, and what opens its seal where"
                    + " neither is: without both nothing that was sealed can be opened."
        },
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;

    @Mixin private final SiteOption site;

    @Mixin private final SealOptions sealOptions = new SealOptions();

    @Mixin private final SecretOptions secrets = new SecretOptions();

    @Option(
            names = "--seal",
            paramLabel = "KIND",
            description =
                    "What keeps the vault shut: key-file, passphrase, shares, pkcs11 or transit"
                            + " (default: ${DEFAULT-VALUE}, which is for trying out: who copies"
                            + " the disk has the key too).")
    private String seal = "key-file";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What the appliance is called (default: ${DEFAULT-VALUE}).")
    private String name = ApplianceConfig.DEFAULT_NAME;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description =
                    "A host name or address by which apps and desktops reach this machine, for the"
                            + " certificates; may be repeated (default: this machine's name)."
                            + " localhost is always among them.")
    private List<String> hosts = new ArrayList<>();

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "The address that the listeners bind to (default: 0.0.0.0, all of IPv4).")
    private @Nullable String bind;

    @Option(names = "--inference-port", paramLabel = "N", description = "Default: 8443.")
    private @Nullable Integer inferencePort;

    @Option(names = "--admin-port", paramLabel = "N", description = "Default: 9443.")
    private @Nullable Integer adminPort;

    @Option(names = "--enrolment-port", paramLabel = "N", description = "Default: 9444.")
    private @Nullable Integer enrolmentPort;

    @Option(
            names = "--postgresql",
            paramLabel = "URL",
            description =
                    "Keep the store in an empty PostgreSQL database,"
                            + " postgresql://USER@HOST:PORT/DATABASE (default: in a file of the"
                            + " site).")
    private @Nullable String postgresql;

    @Option(
            names = "--postgresql-password-file",
            paramLabel = "FILE",
            description = "The file with the database password.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--postgresql-ca-file",
            paramLabel = "FILE",
            description =
                    "The certificates (PEM) of the authority that issued the database server's.")
    private @Nullable Path caFile;

    @Option(
            names = "--volume-encryption",
            paramLabel = "KIND",
            description =
                    "Attests how the database server's volume is encrypted with AES-256; see"
                            + " store.volume-encryption in appliance.yaml.")
    private @Nullable String volumeEncryption;

    InitCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() throws IOException {
        SiteFolder folder = site.named();
        String account = System.getProperty("user.name", "unknown");
        var seals = VaultHere.of(folder, terminal.environment(), clock).seals();
        SealSpec spec = SealChoice.of(sealOptions.chosen(seal));
        try (secrets;
                SealMaterial material = secrets.forNew(spec, seals, terminal)) {
            var made = new AtomicReference<NewSeal>();
            try {
                new SiteMaker(folder, clock)
                        .make(
                                name,
                                names(),
                                ConfigFile.text(settings()),
                                account,
                                () -> made(made, seals.create(spec, material)));
                NewSeal founded = made.get();
                if (founded != null) {
                    NewShares.print(founded, spec, terminal);
                }
            } finally {
                NewSeal founded = made.get();
                if (founded != null) {
                    founded.close();
                }
            }
        }
        terminal.print("A new site is in " + folder.root() + ".");
        terminal.print("Next: neural-router serve --site " + folder.root());
        if (spec.kind() == SealKind.KEY_FILE) {
            terminal.print(
                    "Its vault opens by itself with a key file beside it, which is for trying out:"
                            + " before real use see 'neural-router seal change --help'.");
        }
        return ExitCode.OK;
    }

    private static Seal made(AtomicReference<NewSeal> keep, NewSeal made) {
        keep.set(made);
        return made.seal();
    }

    private List<String> names() {
        if (!hosts.isEmpty()) {
            return hosts;
        }
        try {
            return List.of(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException _) {
            // A machine that doesn't know its own name: it is reached as localhost, or by --host.
            return List.of("localhost");
        }
    }

    private Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("name", name);
        set(settings, "store.postgresql", postgresql);
        set(settings, "store.password-file", absolute(passwordFile));
        set(settings, "store.ca-file", absolute(caFile));
        set(settings, "store.volume-encryption", volumeEncryption);
        for (String listener : List.of("inference", "admin", "enrolment")) {
            set(settings, "listeners." + listener + ".host", bind);
        }
        set(settings, "listeners.inference.port", inferencePort);
        set(settings, "listeners.admin.port", adminPort);
        set(settings, "listeners.enrolment.port", enrolmentPort);
        return settings;
    }

    /** As it is meant here, where the command runs, and not in the site's folder. */
    private static @Nullable Path absolute(@Nullable Path file) {
        return file == null ? null : file.toAbsolutePath().normalize();
    }

    private static void set(Map<String, String> settings, String key, @Nullable Object value) {
        if (value != null) {
            settings.put(key, value.toString());
        }
    }
}
