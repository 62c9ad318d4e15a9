package com.neuralrouter.server.cli;

import com.neuralrouter.certs.trust.PrivateFile;
import com.neuralrouter.contract.AppliedSite;
import com.neuralrouter.contract.CreatedApiKey;
import com.neuralrouter.contract.SitePlan.Action;
import com.neuralrouter.contract.SitePlan.Change;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where created API keys go: they can't be had a second time, so a file is made before the keys
 * are, and if it can't be written after all they are shown.
 */
final class CreatedKeys {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Terminal terminal;
    private final @Nullable Path file;

    private CreatedKeys(Terminal terminal, @Nullable Path file) {
        this.terminal = terminal;
        this.file = file;
    }

    /** One key as the file has it. */
    record Entry(String workspace, String name, String key) {
        @Override
        public String toString() {
            return "Entry[workspace=" + workspace + ", name=" + name + ", key=redacted]";
        }
    }

    /** Throws {@link CommandFailed} when the file is there already or can't be made. */
    static CreatedKeys destination(Terminal terminal, @Nullable Path file) {
        if (file != null) {
            try {
                PrivateFile.create(file, new byte[0]);
            } catch (UncheckedIOException e) {
                throw new CommandFailed(
                        file
                                + " can't be made, or is there already; nothing was changed. Name"
                                + " another file for the keys.");
            }
        }
        return new CreatedKeys(terminal, file);
    }

    void write(AppliedSite applied) {
        List<Entry> entries = entries(applied);
        if (file != null) {
            try {
                PrivateFile.replace(file, JSON.writeValueAsBytes(Map.of("keys", entries)));
                terminal.print(entries.size() + " API keys written to " + file + ".");
                return;
            } catch (UncheckedIOException e) {
                terminal.err().println("neural-router: " + file + " can't be written any more.");
            }
        }
        if (!entries.isEmpty()) {
            terminal.print("Created API keys; they are shown this once:");
        }
        for (Entry entry : entries) {
            terminal.print("  %s / %s  %s".formatted(entry.workspace(), entry.name(), entry.key()));
        }
    }

    /** Takes the empty file away again, because there are no keys. */
    void abandon() throws IOException {
        if (file != null && Files.size(file) == 0) {
            Files.delete(file);
        }
    }

    /** The keys come in the order of the plan's changes, which name their workspaces. */
    private static List<Entry> entries(AppliedSite applied) {
        List<Change> made =
                applied.plan().changes().stream()
                        .filter(change -> change.action() == Action.CREATE)
                        .filter(change -> change.kind().equals("api key"))
                        .toList();
        var entries = new ArrayList<Entry>();
        for (CreatedApiKey created : applied.createdKeys()) {
            String name = made.get(entries.size()).name();
            String workspace = name.substring(0, name.indexOf(" / "));
            entries.add(new Entry(workspace, created.key().name(), created.secret()));
        }
        return entries;
    }
}
