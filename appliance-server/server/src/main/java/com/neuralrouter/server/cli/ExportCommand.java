package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.server.site.SiteYamlWriter;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;

/** {@code neural-router export}: the running site as the file that {@code apply} takes. */
@Command(
        name = "export",
        header = "Write the running site as the file that 'apply' takes.",
        description = {
            "",
            "Workspaces, providers, routes, policies and the names of API keys. No secret is in"
                    + " it: where a credential is, a comment says how to name one.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router export --site /var/lib/neural-router -o site.yaml",
            "",
            "What happens next: keep the file under version control, change it, and let"
                    + " 'neural-router apply -f site.yaml' make the site what it says."
        },
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to a new file instead of the standard output.")
    private @Nullable Path output;

    ExportCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() throws IOException {
        try (var client = site.client()) {
            String text = SiteYamlWriter.text(client.get(AdminApi.SITE, SiteDocument.class));
            if (output == null) {
                terminal.out().print(text);
                terminal.out().flush();
            } else {
                Files.writeString(output, text, StandardOpenOption.CREATE_NEW);
            }
            return ExitCode.OK;
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailed(output + " is there already; name another file.");
        }
    }
}
