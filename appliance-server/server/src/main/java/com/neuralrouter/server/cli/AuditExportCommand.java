package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.CosignCheckpoint;
import com.neuralrouter.contract.LogCheckpoint;
import com.neuralrouter.contract.LogLeaves;
import com.neuralrouter.contract.LogTimestamp;
import com.neuralrouter.contract.ProvenLeaves;
import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.LogExport;
import com.neuralrouter.tlog.LogPart;
import com.neuralrouter.tlog.NoteVerifier;
import com.neuralrouter.tlog.SignedNote;
import com.neuralrouter.tlog.TreeHash;
import com.neuralrouter.tlog.TreeProofs;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** {@code neural-router audit export}: the whole log in a folder that needs nothing of ours. */
@Command(
        name = "export",
        header = "Write the whole log into a folder that anybody can verify.",
        description = {
            "",
            "Entries and hashes in the layout of C2SP tlog-tiles, the newest checkpoint with the"
                    + " signatures of witnesses, the keys, a verifier in one file of Java, and"
                    + " VERIFY.md, which says how. While it is written the log's hashes are"
                    + " computed anew; a log that does not fit its checkpoint is not exported.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  neural-router audit export --site /var/lib/neural-router --to /media/usb/audit",
            "  neural-router audit export --site /var/lib/neural-router --workspace legal \\",
            "      --to legal",
            "",
            "What happens next: give the folder to the auditor. The log's keys are in its file"
                    + " 'keys'; tell them by another way too, so that nobody can exchange both."
        },
        mixinStandardHelpOptions = true)
final class AuditExportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FOLDER",
            description = "Where the export goes: a new or an empty folder.")
    private Path folder = Path.of("");

    @Option(
            names = "--workspace",
            paramLabel = "NAME",
            description =
                    "Only what is this workspace's: its entries and its inference requests, each"
                            + " with the proof that it is in the log, and nothing of others.")
    private @Nullable String workspace;

    AuditExportCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() throws IOException {
        try (var client = site.client()) {
            LogCheckpoint answer = client.get(AdminApi.AUDIT_CHECKPOINT, LogCheckpoint.class);
            SignedNote note = SignedNote.parse(answer.note());
            long size = Checkpoint.parse(note.text()).size();
            if (workspace != null) {
                long entries = part(client, workspace, answer, note, size);
                terminal.print(entries + " entries were exported to " + folder);
                return ExitCode.OK;
            }
            var export = new LogExport(folder);
            copy(client, export, size);
            stamps(client, export, size);
            finish(client, export, answer, note);
            terminal.print(size + " entries were exported to " + folder);
            return ExitCode.OK;
        }
    }

    private long part(
            AdminClient client, String name, LogCheckpoint answer, SignedNote note, long size)
            throws IOException {
        long entries = 0;
        String path =
                AdminApi.AUDIT_WORKSPACE_LEAVES
                        + "?workspace="
                        + URLEncoder.encode(name, StandardCharsets.UTF_8)
                        + "&size="
                        + size
                        + "&limit="
                        + AdminApi.MAX_LIMIT
                        + "&from=";
        try (var part = new LogPart(folder)) {
            long next = 0;
            while (next < size) {
                ProvenLeaves page = client.get(path + next, ProvenLeaves.class);
                for (ProvenLeaves.ProvenLeaf each : page.leaves()) {
                    demandProven(each, note);
                    part.append(each.index(), each.leaf(), hashes(each));
                    entries++;
                }
                if (page.searchedTo() <= next) {
                    throw new CommandFailed("The log can't be searched; nothing was exported.");
                }
                next = page.searchedTo();
            }
            part.finish(note, answer.keys().stream().map(NoteVerifier::parse).toList());
        }
        return entries;
    }

    /** What does not convince us must not be given to anybody else. */
    private static void demandProven(ProvenLeaves.ProvenLeaf each, SignedNote note) {
        Checkpoint tree = Checkpoint.parse(note.text());
        byte[] leaf = TreeHash.leaf(each.leaf().getBytes(StandardCharsets.UTF_8));
        if (!TreeProofs.includes(leaf, each.index(), tree.size(), tree.root(), hashes(each))) {
            throw new CommandFailed(
                    "The server's proof does not prove entry "
                            + each.index()
                            + "; nothing was exported.");
        }
    }

    private static List<byte[]> hashes(ProvenLeaves.ProvenLeaf each) {
        return each.hashes().stream().map(Base64.getDecoder()::decode).toList();
    }

    private static void copy(AdminClient client, LogExport export, long size) throws IOException {
        long next = 0;
        while (next < size) {
            long limit = Math.min(AdminApi.MAX_LIMIT, size - next);
            LogLeaves page =
                    client.get(
                            AdminApi.AUDIT_LEAVES + "?from=" + next + "&limit=" + limit,
                            LogLeaves.class);
            if (page.leaves().isEmpty()) {
                throw new CommandFailed(
                        "The log ends before its checkpoint; nothing was exported.");
            }
            for (String leaf : page.leaves()) {
                export.append(leaf.getBytes(StandardCharsets.UTF_8));
            }
            next += page.leaves().size();
        }
    }

    private static void stamps(AdminClient client, LogExport export, long size) throws IOException {
        String cursor = "0";
        while (!cursor.isEmpty()) {
            JsonNode page =
                    client.get(AdminApi.AUDIT_TIMESTAMPS + "?cursor=" + cursor, JsonNode.class);
            for (JsonNode item : page.path("items")) {
                var each = JsonMapper.shared().treeToValue(item, LogTimestamp.class);
                if (each.size() <= size) {
                    export.stamp(
                            SignedNote.parse(each.note()),
                            Base64.getDecoder().decode(each.response()));
                }
            }
            cursor = page.path("nextCursor").asString("");
        }
    }

    /** What witnesses have signed at the same size goes below the checkpoint, the rest beside. */
    private static void finish(
            AdminClient client, LogExport export, LogCheckpoint answer, SignedNote note)
            throws IOException {
        var keys = new ArrayList<NoteVerifier>();
        answer.keys().forEach(key -> keys.add(NoteVerifier.parse(key)));
        var notes = new TreeMap<Long, SignedNote>();
        long size = Checkpoint.parse(note.text()).size();
        notes.put(size, note);
        for (JsonNode item :
                client.get(AdminApi.AUDIT_COSIGNATURES, JsonNode.class).path("items")) {
            var each = JsonMapper.shared().treeToValue(item, CosignCheckpoint.class);
            keys.add(NoteVerifier.parse(each.key()));
            SignedNote seen = SignedNote.parse(each.note());
            notes.merge(Checkpoint.parse(seen.text()).size(), seen, AuditExportCommand::together);
        }
        List<SignedNote> earlier = List.copyOf(notes.headMap(size).values());
        export.finish(notes.getOrDefault(size, note), earlier, keys);
    }

    private static SignedNote together(SignedNote one, SignedNote other) {
        SignedNote both = one;
        for (var signature : other.signatures()) {
            both = both.with(signature);
        }
        return both;
    }
}
