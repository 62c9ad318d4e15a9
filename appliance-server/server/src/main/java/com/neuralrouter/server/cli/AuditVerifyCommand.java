package com.neuralrouter.server.cli;

import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.EntryBundle;
import com.neuralrouter.tlog.Frontier;
import com.neuralrouter.tlog.MalformedNote;
import com.neuralrouter.tlog.NoteVerifier;
import com.neuralrouter.tlog.SignedNote;
import com.neuralrouter.tlog.Tiles;
import com.neuralrouter.tlog.TreeHash;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * {@code neural-router audit verify}: whether an export is what the log's keys have signed. Reads
 * the entries, not the tiles: they follow from the entries.
 */
@Command(
        name = "verify",
        header = "Verify an exported log.",
        description = {
            "",
            "Computes the tree anew from the entries, compares it with every checkpoint in the"
                    + " folder, verifies their signatures, and demands that the entries are"
                    + " numbered without a gap and that their times never go back. Needs no site"
                    + " and no server. Of an export of one workspace it verifies each entry's"
                    + " proof. Ends with 0 if all is right and with 1 if something is not.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  neural-router audit verify /media/usb/audit",
            "  neural-router audit verify /media/usb/audit --key 'nr.…/audit+1234abcd+AQ…'"
        },
        mixinStandardHelpOptions = true)
final class AuditVerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FOLDER", description = "What 'audit export' has written.")
    private Path folder = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "A key of the log that you have from elsewhere; without it the folder's own"
                            + " keys are believed.")
    private List<String> keys = new ArrayList<>();

    @Option(
            names = "--timestamp-ca",
            paramLabel = "FILE",
            description =
                    "The certificates (PEM) of the timestamp authority, from the authority itself:"
                            + " verify each timestamp of the export too.")
    private @Nullable Path timestampCa;

    AuditVerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        try {
            SignedNote newest = SignedNote.parse(Files.readAllBytes(folder.resolve("checkpoint")));
            List<NoteVerifier> own = read(folder.resolve("keys"));
            List<NoteVerifier> believed =
                    keys.isEmpty() ? own : keys.stream().map(NoteVerifier::parse).toList();
            demandSigned("checkpoint", newest, believed, keys.isEmpty());
            Checkpoint whole = Checkpoint.parse(newest.text());
            if (Files.exists(folder.resolve("proofs"))) {
                long entries = VerifiedPart.of(folder, whole);
                terminal.print(
                        "good: %d entries, each in the log %s of %d%s"
                                .formatted(entries, whole.origin(), whole.size(), ownKeys()));
                return ExitCode.OK;
            }
            TreeMap<Long, Checkpoint> checkpoints = earlier(own);
            checkpoints.put(whole.size(), whole);
            String stamps = "";
            if (timestampCa != null) {
                stamps = VerifiedStamps.of(folder, timestampCa, checkpoints);
            }
            walk(whole.size(), checkpoints);
            terminal.print(
                    "good: %d entries of %s, %d checkpoints%s"
                            .formatted(
                                    whole.size(),
                                    whole.origin(),
                                    checkpoints.size(),
                                    stamps + ownKeys()));
            return ExitCode.OK;
        } catch (NoSuchFileException missing) {
            throw new CommandFailed(
                    "The export is not whole: " + missing.getFile() + " is missing.");
        } catch (MalformedNote malformed) {
            throw new CommandFailed("The export is not good: " + malformed.getMessage());
        }
    }

    private String ownKeys() {
        return keys.isEmpty() ? ", by the folder's own keys" : "";
    }

    private static List<NoteVerifier> read(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(NoteVerifier::parse).toList();
    }

    private TreeMap<Long, Checkpoint> earlier(List<NoteVerifier> believed) throws IOException {
        var found = new TreeMap<Long, Checkpoint>();
        Path notes = folder.resolve("checkpoints");
        if (Files.isDirectory(notes)) {
            try (Stream<Path> files = Files.list(notes)) {
                for (Path file : files.sorted().toList()) {
                    SignedNote note = SignedNote.parse(Files.readAllBytes(file));
                    demandSigned(file.toString(), note, believed, true);
                    Checkpoint checkpoint = Checkpoint.parse(note.text());
                    found.put(checkpoint.size(), checkpoint);
                }
            }
        }
        return found;
    }

    /** By one of the keys at least, or by each of those that somebody insists on. */
    private static void demandSigned(
            String where, SignedNote note, List<NoteVerifier> believed, boolean anyIsEnough) {
        boolean good =
                anyIsEnough
                        ? believed.stream().anyMatch(note::isSignedBy)
                        : believed.stream().allMatch(note::isSignedBy);
        if (!good) {
            throw new CommandFailed(
                    "The export is not good: " + where + " is not signed by the log's keys.");
        }
    }

    private void walk(long size, TreeMap<Long, Checkpoint> checkpoints) throws IOException {
        var tree = new Frontier();
        compare(tree, checkpoints);
        String time = "";
        while (tree.size() < size) {
            int width = (int) Math.min(Tiles.WIDTH, size - tree.size());
            Path bundle = folder.resolve(Tiles.entriesPath(tree.size() / Tiles.WIDTH, width));
            List<byte[]> entries = EntryBundle.decode(Files.readAllBytes(bundle));
            if (entries.size() != width) {
                throw new CommandFailed("The export is not good: " + bundle + " is not full.");
            }
            for (byte[] entry : entries) {
                time = follows(tree.size(), time, entry);
                tree.append(TreeHash.leaf(entry));
                compare(tree, checkpoints);
            }
        }
    }

    private static void compare(Frontier tree, TreeMap<Long, Checkpoint> checkpoints) {
        Checkpoint here = checkpoints.get(tree.size());
        if (here != null && !Arrays.equals(here.root(), tree.root())) {
            throw new CommandFailed(
                    "The export is not good: its first "
                            + tree.size()
                            + " entries are not those of the checkpoint of that size.");
        }
    }

    /** Returns the entry's time; as text, times order as they passed. */
    private static String follows(long place, String before, byte[] entry) {
        try {
            JsonNode json = JsonMapper.shared().readTree(entry);
            String time = json.path("time").asString("");
            if (json.path("sequence").asLong(-1) == place && time.compareTo(before) >= 0) {
                return time;
            }
        } catch (JacksonException unreadable) {
            throw new CommandFailed("The export is not good: entry " + place + " is not JSON.");
        }
        throw new CommandFailed(
                "The export is not good: entry "
                        + place
                        + " has another number or an earlier time than its place wants.");
    }
}
