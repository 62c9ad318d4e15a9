package com.neuralrouter.server.cli;

import com.neuralrouter.server.bootstrap.ApplianceConfig;
import com.neuralrouter.server.bootstrap.ApplianceConfigReader;
import com.neuralrouter.server.bootstrap.SiteFolder;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The option {@code --site}, which every command has. */
final class SiteOption {
    static final String VARIABLE = "NEURAL_ROUTER_SITE";

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--site",
            paramLabel = "DIR",
            description =
                    "The site's folder; without it the environment variable " + VARIABLE + ".")
    private @Nullable Path path;

    private final Terminal.Environment environment;

    SiteOption(Terminal.Environment environment) {
        this.environment = environment;
    }

    /** The folder that was named, whether it is there or not. */
    SiteFolder named() {
        if (path != null) {
            return new SiteFolder(path);
        }
        String variable = environment.apply(VARIABLE);
        if (variable == null || variable.isBlank()) {
            throw new CommandLine.ParameterException(
                    command == null ? new CommandLine(new Object()) : command.commandLine(),
                    "Name the site's folder with --site DIR or in " + VARIABLE + ".");
        }
        return new SiteFolder(Path.of(variable));
    }

    /** The folder of a site that there is. */
    SiteFolder existing() {
        SiteFolder site = named();
        if (!Files.isDirectory(site.root())) {
            throw new CommandFailed(
                    "There is no folder "
                            + site.root()
                            + "; make a site with 'neural-router init --site "
                            + site.root()
                            + "'.");
        }
        if (!Files.isRegularFile(site.config())) {
            throw new CommandFailed(
                    site.root()
                            + " is not a site's folder: it has no appliance.yaml. Name another"
                            + " with --site, or make a new site with 'neural-router init'.");
        }
        return site;
    }

    /** For the server that runs on the folder of a site that there is. */
    AdminClient client() {
        return AdminClient.of(existing());
    }

    /** The site's configuration; what is wrong with it is a {@code YamlRefused}. */
    static ApplianceConfig config(SiteFolder site) {
        try {
            return ApplianceConfigReader.read(site.config());
        } catch (IOException e) {
            throw new CommandFailed(
                    site.config() + " can't be read; run the command as the appliance's user.");
        }
    }
}
