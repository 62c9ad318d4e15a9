package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.AppliedSite;
import com.neuralrouter.contract.SitePlan;
import com.neuralrouter.contract.SitePlan.Action;
import com.neuralrouter.contract.SitePlan.Change;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.site.SiteYaml;
import com.neuralrouter.server.yaml.YamlError;
import com.neuralrouter.server.yaml.YamlRefused;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code neural-router apply}: makes the running site what a file says. */
@Command(
        name = "apply",
        header = "Make the running site what a YAML file says.",
        description = {
            "",
            "Shows what would change, asks, and makes all of it in one step: everything or nothing."
                    + " Applying the same file again changes nothing. What the file does not name"
                    + " is left as it is, unless --prune is given.",
            "",
            "Secrets are never in the file: it names the files or environment variables they are"
                    + " in. An API key that is created is shown once, here or in the file of"
                    + " --keys-to, and never again.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router apply --site /var/lib/neural-router -f site.yaml",
            "",
            "The file's keys are in docs/reference/site.schema.json, an example is"
                    + " docs/reference/site.example.yaml; 'neural-router export' writes the site"
                    + " there is.",
            "",
            "What happens next: apps send requests with a created key to the inference listener."
        },
        mixinStandardHelpOptions = true)
final class ApplyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "The site's file.")
    private Path file = Path.of("site.yaml");

    @Option(
            names = "--prune",
            description =
                    "Take away what the file does not name: keys are revoked, workspaces emptied"
                            + " and suspended, the rest removed.")
    private boolean prune;

    @ArgGroup private Consent consent = new Consent();

    @Option(
            names = "--keys-to",
            paramLabel = "FILE",
            description =
                    "Write created API keys as JSON to a new file that only you may read, instead"
                            + " of showing them.")
    private @Nullable Path keysTo;

    /** Whether to ask. */
    private static final class Consent {
        @Option(names = "--yes", description = "Do not ask.")
        private boolean given;

        @Option(names = "--dry-run", description = "Only show what would change.")
        private boolean dryRun;
    }

    ApplyCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() throws IOException {
        SiteFolder folder = site.existing();
        if (!Files.isRegularFile(file)) {
            throw new CommandFailed("There is no file " + file + ".");
        }
        SiteYaml yaml = SiteYaml.read(file, terminal.environment());
        try (var client = AdminClient.of(folder)) {
            return apply(client, yaml);
        } catch (AdminClient.Refused refused) {
            throw atItsLines(refused, yaml);
        }
    }

    private int apply(AdminClient client, SiteYaml yaml) throws IOException {
        SitePlan plan =
                client.post(
                        AdminApi.SITE_PLAN + "?prune=" + prune, yaml.document(), SitePlan.class);
        plan.changes().forEach(this::show);
        long effective =
                plan.changes().stream().filter(change -> change.action() != Action.KEEP).count();
        if (effective == 0) {
            terminal.print("The site is as the file says; nothing to change.");
            return ExitCode.OK;
        }
        if (consent.dryRun) {
            terminal.print(effective + " changes; nothing was changed (--dry-run).");
            return ExitCode.OK;
        }
        if (!consent.given && !agreed(effective)) {
            terminal.print("Nothing was changed.");
            return ExitCode.FAILED;
        }
        var keys = CreatedKeys.destination(terminal, keysTo);
        try {
            AppliedSite applied =
                    client.post(
                            AdminApi.SITE_APPLY + "?prune=" + prune,
                            yaml.document(),
                            AppliedSite.class);
            terminal.print(made(applied.plan()) + " changes made.");
            keys.write(applied);
        } catch (CommandFailed | AdminClient.Refused failure) {
            keys.abandon();
            throw failure;
        }
        return ExitCode.OK;
    }

    private boolean agreed(long changes) {
        if (!terminal.person().present()) {
            throw new CommandFailed(
                    "Nobody is there to ask and nothing was changed; look at the changes with"
                            + " --dry-run and make them with --yes.");
        }
        return terminal.person()
                .ask("Make these " + changes + " changes? [y/N] ")
                .matches("[yY].*");
    }

    private void show(Change change) {
        String sign =
                switch (change.action()) {
                    case CREATE -> "+";
                    case UPDATE -> "~";
                    case REMOVE -> "-";
                    case KEEP -> "=";
                };
        String remark = change.action() == Action.KEEP ? " (not in the file; kept)" : "";
        terminal.print("%s %s %s%s".formatted(sign, change.kind(), change.name(), remark));
        change.differences().forEach(difference -> terminal.print("    " + difference));
    }

    private static long made(SitePlan plan) {
        return plan.changes().stream().filter(change -> change.action() != Action.KEEP).count();
    }

    private static RuntimeException atItsLines(AdminClient.Refused refused, SiteYaml yaml) {
        List<YamlError> errors =
                refused.problem().fieldErrors().stream()
                        .map(error -> yaml.file().errorAt(error.field(), error.message()))
                        .toList();
        return errors.isEmpty() ? refused : new YamlRefused(errors);
    }
}
