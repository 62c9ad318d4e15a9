package com.neuralrouter.server.cli;

import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.bootstrap.SiteVault;
import com.neuralrouter.server.control.ControlAnswer;
import com.neuralrouter.server.secret.SecretBytes;
import com.neuralrouter.server.secret.VaultRecord;
import com.neuralrouter.server.secret.VaultRecord.RootEntry;
import com.neuralrouter.server.secret.VaultRecord.SealEntry;
import com.neuralrouter.server.secret.seal.SealChoice;
import com.neuralrouter.server.secret.seal.SealKind;
import com.neuralrouter.server.secret.seal.SealMaterial;
import com.neuralrouter.server.secret.seal.SealRecord;
import com.neuralrouter.server.secret.seal.SealSpec;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code neural-router seal}: shows, changes and tries out what keeps the vault shut. */
@Command(
        name = "seal",
        header = "Show, change or try out what keeps the vault shut.",
        mixinStandardHelpOptions = true)
final class SealCommand implements Runnable {
    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // Picocli sets the spec before it calls anything.
    private SealCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: status, change, drill.");
    }

    /** {@code neural-router seal} with its subcommands. */
    static CommandLine line(Terminal terminal, Clock clock) {
        return new CommandLine(new SealCommand())
                .addSubcommand(new Status(terminal, clock))
                .addSubcommand(new Change(terminal, clock))
                .addSubcommand(new Drill(terminal, clock));
    }

    /** {@code seal status}: from the vault's file, which takes no key to read. */
    @Command(
            name = "status",
            header = "Show the seal and the versions of the root key.",
            mixinStandardHelpOptions = true)
    static final class Status implements Callable<Integer> {
        private final Terminal terminal;
        private final Clock clock;

        @Mixin private final SiteOption site;

        Status(Terminal terminal, Clock clock) {
            this.terminal = terminal;
            this.clock = clock;
            this.site = new SiteOption(terminal.environment());
        }

        @Override
        public Integer call() {
            SiteVault here = VaultHere.of(site.existing(), terminal.environment(), clock);
            VaultRecord record = here.record();
            show("seal", record.seal());
            record.incoming()
                    .ifPresent(seal -> {
                        show("incoming", seal);
                        terminal.print("A change of the seal was begun and not ended; repeat it.");
                    });
            for (RootEntry root : record.rootKeys()) {
                terminal.print(
                        "root key  version %d of %s".formatted(root.version(), root.createdAt()));
            }
            return ExitCode.OK;
        }

        private void show(String what, SealEntry seal) {
            String parameters =
                    seal.parameters().entrySet().stream()
                            .filter(pair -> !pair.getKey().equals("check"))
                            .map(pair -> pair.getKey() + "=" + pair.getValue())
                            .collect(Collectors.joining(" "));
            terminal.print("%-9s %s %s".formatted(what, seal.kind(), parameters));
        }
    }

    /** {@code seal change}: while the appliance serves. */
    @Command(
            name = "change",
            header = "Put another seal in force, while the appliance serves.",
            description = {
                "",
                "The new seal has to prove that it opens the vault before it takes over. A change"
                        + " that was cut off is ended by repeating it: until then the old seal"
                        + " opens the vault. Shares take over once they are printed.",
                ""
            },
            footer = {
                "",
                "Examples:",
                "  neural-router seal change --to passphrase",
                "  neural-router seal change --to passphrase --source credential:vault",
                "  neural-router seal change --to shares --threshold 3 --shares 5",
                "  neural-router seal change --to pkcs11 --library /usr/lib/hsm.so \\",
                "      --token label:north --key appliance",
                "  neural-router seal change --to transit --server https://bao.example.org:8200 \\",
                "      --key appliance --ca certs/bao.pem --source credential:bao",
                "",
                "What happens next: 'neural-router seal drill' proves what was handed out. A key"
                        + " file that was in force opens older copies of keys/vault.json still:"
                        + " destroy it."
            },
            mixinStandardHelpOptions = true)
    static final class Change implements Callable<Integer> {
        private final Terminal terminal;
        private final Clock clock;

        @Mixin private final SiteOption site;

        @Mixin private final SealOptions options = new SealOptions();

        @Mixin private final SecretOptions secrets = new SecretOptions();

        @Option(
                names = "--to",
                paramLabel = "KIND",
                required = true,
                description = "key-file, passphrase, shares, pkcs11 or transit.")
        private String kind = "";

        Change(Terminal terminal, Clock clock) {
            this.terminal = terminal;
            this.clock = clock;
            this.site = new SiteOption(terminal.environment());
        }

        @Override
        public Integer call() throws IOException {
            SiteFolder folder = site.existing();
            Map<String, String> chosen = options.chosen(kind);
            SealSpec spec = SealChoice.of(chosen);
            Control control = Control.of(folder);
            try (secrets;
                    SecretBytes given = given(spec, folder);
                    ControlAnswer answer = control.post("/seal/change", chosen, given)) {
                NewShares.print(answer.body(), spec, terminal);
                if (answer.body().length() > 0) {
                    confirm(control);
                }
            }
            terminal.print("The vault's seal is now of the kind " + spec.kind().text() + ".");
            return ExitCode.OK;
        }

        /** Shares open nothing before somebody has them: until now the old seal was in force. */
        private static void confirm(Control control) {
            try (var nothing = SecretBytes.owning(new byte[0])) {
                control.post("/seal/confirm", nothing);
            }
        }

        /** What a person gives; nothing where the server finds it by itself. */
        private SecretBytes given(SealSpec spec, SiteFolder folder) throws IOException {
            if (!asksAPerson(spec)) {
                return SecretBytes.owning(new byte[0]);
            }
            var seals = VaultHere.of(folder, terminal.environment(), clock).seals();
            return switch (secrets.forNew(spec, seals, terminal)) {
                case SealMaterial.Passphrase passphrase -> passphrase.value();
                case SealMaterial.Pin pin -> pin.value();
                case SealMaterial.Token token -> token.value();
                case SealMaterial.Nothing _, SealMaterial.Shares _ ->
                        SecretBytes.owning(new byte[0]);
            };
        }

        private static boolean asksAPerson(SealSpec spec) {
            return switch (spec.kind()) {
                case KEY_FILE, SHARES -> false;
                case PASSPHRASE, PKCS11, TRANSIT -> spec.source().text().equals("person");
            };
        }
    }

    /** {@code seal drill}: proves that what people keep opens the vault. */
    @Command(
            name = "drill",
            header = "Prove that a passphrase or shares open the vault; nothing is changed.",
            description = {
                "",
                "The running appliance opens the seal with what is entered and unwraps its root"
                        + " key, then forgets both. The audit trail keeps the result.",
                ""
            },
            mixinStandardHelpOptions = true)
    static final class Drill implements Callable<Integer> {
        private final Terminal terminal;
        private final Clock clock;

        @Mixin private final SiteOption site;

        @Mixin private final SecretOptions secrets = new SecretOptions();

        Drill(Terminal terminal, Clock clock) {
            this.terminal = terminal;
            this.clock = clock;
            this.site = new SiteOption(terminal.environment());
        }

        @Override
        public Integer call() throws IOException {
            SiteFolder folder = site.existing();
            Control control = Control.of(folder);
            SiteVault here = VaultHere.of(folder, terminal.environment(), clock);
            SealRecord seal = here.record().seal().record();
            try (secrets;
                    var nothing = SecretBytes.owning(new byte[0])) {
                if (seal.kind() == SealKind.KEY_FILE) {
                    control.post("/seal/prove", nothing);
                } else {
                    int needed = 0;
                    if (seal.kind() == SealKind.SHARES) {
                        control.post("/seal/prove/forget", nothing);
                        try (var shares = here.seals().collector(seal)) {
                            needed = shares.missing();
                        }
                    }
                    Entering.all("/seal/prove", seal.kind(), needed, control, secrets, terminal);
                }
            }
            terminal.print("What was entered opens the vault. Nothing was changed.");
            return ExitCode.OK;
        }
    }
}
