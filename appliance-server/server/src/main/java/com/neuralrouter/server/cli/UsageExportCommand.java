package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.UsageExport;
import com.neuralrouter.contract.UsageQuery;
import com.neuralrouter.contract.UsageQuery.Dimension;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code neural-router usage export}: what requests came to, as a CSV file. */
@Command(
        name = "export",
        header = "Write what requests came to as a CSV file, with totals.",
        description = {
            "",
            "Without a time, this month's; without --by, by workspace, key, model and provider."
                    + " With --chargeback, one line for each workspace. Each export is an entry of"
                    + " the audit list.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  neural-router usage export --site /var/lib/neural-router --month 2026-11 \\",
            "      --chargeback --to november.csv",
            "  neural-router usage export --site /var/lib/neural-router --per day \\",
            "      --by model,provider"
        },
        mixinStandardHelpOptions = true)
final class UsageExportCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;

    @Mixin private final SiteOption site;

    @Mixin private final UsageOptions options = new UsageOptions();

    @Option(
            names = "--chargeback",
            description = "By workspace: what each of them is to be charged.")
    private boolean chargeback;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "A new file; without it, the file is named after the time, here.")
    private @Nullable Path file;

    UsageExportCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<Dimension> standard =
                chargeback ? List.of(Dimension.WORKSPACE) : List.of(Dimension.values());
        UsageQuery query = options.query(today, standard);
        if (chargeback && !List.of(Dimension.WORKSPACE).equals(query.by())) {
            throw new CommandFailed("Say --chargeback or --by, not both.");
        }
        try (var client = site.client()) {
            UsageExport export = client.post(AdminApi.USAGE_EXPORT, query, UsageExport.class);
            Path to = file == null ? Path.of(export.name()) : file;
            Files.writeString(
                    to, export.csv(), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
            terminal.print(to.toString());
            return ExitCode.OK;
        } catch (IOException failure) {
            throw new CommandFailed(FileFailure.sentence(failure));
        }
    }
}
