package com.neuralrouter.server.cli;

import com.neuralrouter.contract.UsageQuery;
import com.neuralrouter.contract.UsageQuery.Dimension;
import com.neuralrouter.contract.UsageQuery.Period;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Which usage a command is about. */
final class UsageOptions {
    @Option(names = "--month", paramLabel = "MONTH", description = "That month, as in 2026-11.")
    private @Nullable YearMonth month;

    @Option(
            names = "--since",
            paramLabel = "DAY",
            description = "From the beginning of that day in UTC, as in 2026-11-01.")
    private @Nullable LocalDate since;

    @Option(
            names = "--until",
            paramLabel = "DAY",
            description = "To the beginning of that day; without it, to the end of today.")
    private @Nullable LocalDate until;

    @Option(
            names = "--by",
            split = ",",
            paramLabel = "WHAT",
            description = "What is told apart: workspace, api_key, model, provider.")
    private List<Dimension> by = new ArrayList<>();

    @Option(
            names = "--per",
            paramLabel = "TIME",
            defaultValue = "TOTAL",
            description = "hour, day or total (default: total).")
    private Period period = Period.TOTAL;

    @Option(names = "--workspace", paramLabel = "NAME", description = "Only that workspace's.")
    private @Nullable String workspace;

    @Option(names = "--api-key", paramLabel = "NAME", description = "Only of keys with that name.")
    private @Nullable String apiKey;

    @Option(names = "--model", paramLabel = "NAME", description = "Only of that public model.")
    private @Nullable String model;

    @Option(names = "--provider", paramLabel = "NAME", description = "Only what it served.")
    private @Nullable String provider;

    /** What is asked, with what a command tells apart where nothing is said. */
    UsageQuery query(LocalDate today, List<Dimension> standard) {
        return new UsageQuery(
                begin(today),
                end(today),
                by.isEmpty() ? standard : List.copyOf(by),
                period,
                workspace,
                apiKey,
                model,
                provider);
    }

    private Instant begin(LocalDate today) {
        if (month != null && (since != null || until != null)) {
            throw new CommandFailed("Say --month, or --since and --until, not both.");
        }
        if (month != null) {
            return begin(month.atDay(1), today);
        }
        return begin(since == null ? today.withDayOfMonth(1) : since, today);
    }

    private static Instant begin(LocalDate day, LocalDate today) {
        if (day.isAfter(today)) {
            throw new CommandFailed("There is no usage of " + day + " yet.");
        }
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private Instant end(LocalDate today) {
        LocalDate end =
                month != null
                        ? month.plusMonths(1).atDay(1)
                        : until == null ? today.plusDays(1) : until;
        return end.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
