import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Checks an exported audit trail with nothing but a JDK (25 or newer):
 *
 * <pre>java AuditVerifier.java FOLDER [--key KEY]... [--remembered FILE]...</pre>
 *
 * <p>It computes every hash anew from the entries and compares it with the tiles (RFC 6962, C2SP
 * tlog-tiles), compares the tree's root with every checkpoint at that checkpoint's size, verifies
 * every signature (C2SP signed-note, tlog-cosignature), and reads of every entry its sequence
 * number, which must be its place, and its time, which must not go back. KEY is a public key of the
 * log that you have from elsewhere than the folder: the newest checkpoint must be signed by each.
 * FILE is a signed checkpoint that somebody kept: the log must still begin with it.
 *
 * <p>A folder with a file {@code proofs} holds some entries of a log only; then every entry's proof
 * (RFC 9162, 2.1.3) must lead to the root of the checkpoint.
 *
 * <p>Ends with 0 if all is right, with 1 if something is wrong (what and where is printed), with 2
 * if it could not check.
 */
public final class AuditVerifier {
    private static final int HASH = 32;
    private static final int WIDTH = 256;
    private static final long LONGEST_BUNDLE = WIDTH * (2L + 0xffff);

    /** Something is wrong with the log. */
    private static final class Bad extends RuntimeException {
        private static final long serialVersionUID = 1;

        Bad(String where, String what) {
            super(where + ": " + what);
        }
    }

    /** Something is wrong with the question, or with this machine. */
    private static final class Cannot extends RuntimeException {
        private static final long serialVersionUID = 1;

        Cannot(String why) {
            super(why);
        }
    }

    private record Key(String name, int id, byte algorithm, byte[] bytes, String text) {}

    private record Line(String name, int id, byte[] signature) {}

    private record Note(String where, String text, List<Line> signatures) {}

    private record Checkpoint(Note note, String origin, long size, byte[] root) {
        String where() {
            return note.where();
        }
    }

    private final Path folder;
    private final PrintStream out;
    private final List<Key> keys = new ArrayList<>();
    private final List<Key> brought = new ArrayList<>();
    private final MessageDigest sha256;

    /** The checkpoints to compare with, by size. */
    private final TreeMap<Long, List<Checkpoint>> checkpoints = new TreeMap<>();

    // The tree as far as it is read: the hash of a perfect subtree for each bit of the size.
    private final byte[][] frontier = new byte[64][HASH];
    private final List<byte[]> tiles = new ArrayList<>();
    private long size;
    private long files;

    // The entry that was read last.
    private String firstTime = "";
    private String time = "";
    private Instant instant = Instant.MIN;
    private boolean hasSequence;
    private boolean hasTime;

    private AuditVerifier(Path folder, PrintStream out) throws NoSuchAlgorithmException {
        this.folder = folder;
        this.out = out;
        this.sha256 = MessageDigest.getInstance("SHA-256");
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out));
    }

    /** What {@link #main} does, without ending the process. */
    public static int run(String[] arguments, PrintStream out) {
        try {
            verify(arguments, out);
            return 0;
        } catch (Bad bad) {
            out.println("BAD          " + bad.getMessage());
            return 1;
        } catch (Cannot | IOException | GeneralSecurityException cannot) {
            out.println("CANNOT CHECK " + cannot);
            return 2;
        }
    }

    private static void verify(String[] arguments, PrintStream out)
            throws IOException, GeneralSecurityException {
        if (arguments.length == 0 || arguments.length % 2 == 0) {
            throw new Cannot("usage: AuditVerifier FOLDER [--key KEY]... [--remembered FILE]...");
        }
        Path folder = Path.of(arguments[0]);
        if (!Files.isDirectory(folder)) {
            throw new Cannot(folder + " is not a folder");
        }
        AuditVerifier verifier = new AuditVerifier(folder, out);
        List<Path> remembered = new ArrayList<>();
        for (int i = 1; i < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--key" -> verifier.bring(arguments[i + 1]);
                case "--remembered" -> remembered.add(Path.of(arguments[i + 1]));
                default -> throw new Cannot("unknown option " + arguments[i]);
            }
        }
        verifier.verify(remembered);
    }

    private void bring(String text) {
        try {
            brought.add(key("--key", text.strip()));
        } catch (Bad notAKey) {
            throw new Cannot(notAKey.getMessage());
        }
    }

    private void verify(List<Path> remembered) throws IOException, GeneralSecurityException {
        readKeys();
        Checkpoint newest = checkpoint(note("checkpoint", read("checkpoint", 1_000_000)));
        verifySignatures(newest);
        for (Key key : brought) {
            if (newest.note().signatures().stream().noneMatch(line -> matches(key, line))) {
                throw new Bad("checkpoint", "is not signed by the key you brought, " + name(key));
            }
        }
        if (Files.exists(folder.resolve("proofs"))) {
            verifyPart(newest, remembered);
            return;
        }
        add(newest);
        readEarlier(newest);
        for (Path file : remembered) {
            readRemembered(file, newest);
        }
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long start = System.nanoTime();
        long busyStart = clock.getCurrentThreadCpuTime();
        readEntries(newest.size());
        verifyPartialTiles();
        double seconds = (System.nanoTime() - start) / 1e9;
        double busy = (clock.getCurrentThreadCpuTime() - busyStart) / 1e9;
        refuseOtherFiles();
        report(newest, remembered.size(), seconds, busy);
    }

    private void report(Checkpoint newest, int remembered, double seconds, double busy) {
        out.println("log          " + newest.origin());
        out.println("root         " + Base64.getEncoder().encodeToString(newest.root()));
        out.println("signed by    " + newest.note().signatures().stream().map(Line::name).toList());
        int all = checkpoints.values().stream().mapToInt(List::size).sum();
        out.println("checkpoints  " + (all - remembered) + ", roots and signatures right");
        out.println("remembered   " + remembered + ", the log begins with what each covers");
        out.println("entries      " + size + ", numbered without a gap");
        out.println("times        " + firstTime + " to " + time + ", never back");
        out.println("tiles        " + files + " files, every hash computed anew");
        out.println(
                "rate         %d entries/s, %d in a second of one core's time"
                        .formatted((long) (size / seconds), (long) (size / busy)));
        if (brought.isEmpty()) {
            out.println(
                    "WARNING      The keys were taken from the folder itself, where a forger"
                            + " would have put his own. Bring the log's keys: --key");
        }
        if (remembered == 0) {
            out.println(
                    "WARNING      Nothing shows that this is not an older copy of the log. Bring"
                            + " a checkpoint that somebody kept: --remembered");
        }
        out.println("GOOD");
    }

    // Keys and signatures

    private void readKeys() throws IOException {
        String text = text("keys", read("keys", 1_000_000));
        if (!text.endsWith("\n")) {
            throw new Bad("keys", "its last line is not ended");
        }
        for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
            keys.add(key("keys", line));
        }
        for (Key key : brought) {
            if (keys.stream().noneMatch(other -> other.text().equals(key.text()))) {
                keys.add(key);
            }
        }
    }

    /** name+id+Base64(algorithm, key), where the id is the beginning of a hash of the others. */
    private Key key(String where, String text) {
        String[] parts = text.split("\\+", 3);
        byte[] key = parts.length == 3 ? base64(where, parts[2]) : new byte[0];
        int length =
                switch (key.length == 0 ? 0 : key[0]) {
                    case 1, 4 -> 32;
                    case 6 -> 1312;
                    default -> -1;
                };
        if (length < 0 || key.length != 1 + length || !isName(parts[0])) {
            throw new Bad(where, "no public key that is known here: " + text);
        }
        sha256.update(parts[0].getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) '\n');
        int id = ByteBuffer.wrap(sha256.digest(key)).getInt();
        if (!HexFormat.of().toHexDigits(id).equals(parts[1])) {
            throw new Bad(where, "the key's id is not that of its bytes: " + text);
        }
        return new Key(parts[0], id, key[0], Arrays.copyOfRange(key, 1, key.length), text);
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.codePoints()
                        .noneMatch(c ->
                                c == '+' || Character.isWhitespace(c) || Character.isSpaceChar(c));
    }

    private static boolean matches(Key key, Line line) {
        return key.id() == line.id() && key.name().equals(line.name());
    }

    private static String name(Key key) {
        return key.name() + "+" + HexFormat.of().toHexDigits(key.id());
    }

    /** Every signature is right, and one of each kind of key that the log has is among them. */
    private void verifySignatures(Checkpoint checkpoint) throws GeneralSecurityException {
        Set<Byte> missing = new HashSet<>();
        keys.stream()
                .filter(key -> key.name().equals(checkpoint.origin()))
                .forEach(key -> missing.add(key.algorithm()));
        if (missing.isEmpty()) {
            throw new Bad(checkpoint.where(), "none of the keys is that of " + checkpoint.origin());
        }
        Set<String> seen = new HashSet<>();
        for (Line line : checkpoint.note().signatures()) {
            Key key =
                    keys.stream()
                            .filter(known -> matches(known, line))
                            .findFirst()
                            .orElseThrow(() ->
                                    new Bad(
                                            checkpoint.where(),
                                            "is signed by an unknown key of " + line.name()));
            if (!seen.add(key.text()) || !isRight(key, checkpoint, line.signature())) {
                throw new Bad(checkpoint.where(), "the signature by " + name(key) + " is wrong");
            }
            if (key.name().equals(checkpoint.origin())) {
                missing.remove(key.algorithm());
            }
        }
        if (!missing.isEmpty()) {
            throw new Bad(checkpoint.where(), "is not signed by each kind of key that the log has");
        }
    }

    private static boolean isRight(Key key, Checkpoint checkpoint, byte[] signature)
            throws GeneralSecurityException {
        int stamp = key.algorithm() == 1 ? 0 : Long.BYTES;
        if (signature.length != stamp + (key.algorithm() == 6 ? 2420 : 64)) {
            return false;
        }
        long seconds = stamp == 0 ? 0 : ByteBuffer.wrap(signature).getLong();
        if (seconds < 0) {
            return false;
        }
        Signature verification =
                Signature.getInstance(key.algorithm() == 6 ? "ML-DSA-44" : "Ed25519");
        verification.initVerify(publicKey(key));
        verification.update(
                switch (key.algorithm()) {
                    case 1 -> utf8(checkpoint.note().text());
                    case 4 ->
                            utf8(
                                    "cosignature/v1\ntime "
                                            + seconds
                                            + "\n"
                                            + checkpoint.note().text());
                    default -> subtree(key.name(), seconds, checkpoint);
                });
        try {
            return verification.verify(signature, stamp, signature.length - stamp);
        } catch (GeneralSecurityException notASignature) {
            return false;
        }
    }

    /** C2SP tlog-cosignature, "ML-DSA-44 signed message". */
    private static byte[] subtree(String cosigner, long seconds, Checkpoint checkpoint) {
        byte[] name = utf8(cosigner);
        byte[] origin = utf8(checkpoint.origin());
        if (name.length > 255 || origin.length > 255) {
            throw new Bad(checkpoint.where(), "a name is longer than 255 bytes");
        }
        return ByteBuffer.allocate(12 + 1 + name.length + 8 + 1 + origin.length + 16 + HASH)
                .put(utf8("subtree/v1\n\0"))
                .put((byte) name.length)
                .put(name)
                .putLong(seconds)
                .put((byte) origin.length)
                .put(origin)
                .putLong(0)
                .putLong(checkpoint.size())
                .put(checkpoint.root())
                .array();
    }

    private static PublicKey publicKey(Key key) throws GeneralSecurityException {
        boolean quantum = key.algorithm() == 6;
        byte[] prefix =
                HexFormat.of()
                        .parseHex(
                                quantum
                                        ? "30820532300b06096086480165030403110382052100"
                                        : "302a300506032b6570032100");
        byte[] encoded =
                ByteBuffer.allocate(prefix.length + key.bytes().length)
                        .put(prefix)
                        .put(key.bytes())
                        .array();
        return KeyFactory.getInstance(quantum ? "ML-DSA-44" : "Ed25519")
                .generatePublic(new X509EncodedKeySpec(encoded));
    }

    // Checkpoints

    private void readEarlier(Checkpoint newest) throws IOException, GeneralSecurityException {
        readEarlier(newest, "checkpoints", "");
        readEarlier(newest, "timestamps", ".note");
    }

    /** Of a timestamp the checkpoint is compared here; its token takes a program that knows CMS. */
    private void readEarlier(Checkpoint newest, String below, String ending)
            throws IOException, GeneralSecurityException {
        Path earlier = folder.resolve(below);
        if (!Files.isDirectory(earlier)) {
            return;
        }
        List<String> names;
        try (Stream<Path> children = Files.list(earlier)) {
            names =
                    children.map(child -> child.getFileName().toString())
                            .filter(name -> !name.endsWith(".tsr"))
                            .sorted()
                            .toList();
        }
        for (String name : names) {
            String where = below + "/" + name;
            Checkpoint checkpoint = checkpoint(note(where, read(where, 1_000_000)));
            if (!name.equals("%020d".formatted(checkpoint.size()) + ending)
                    || checkpoint.size() > newest.size()
                    || (checkpoint.size() == newest.size() && ending.isEmpty())) {
                throw new Bad(where, "is a checkpoint of " + checkpoint.size() + " entries");
            }
            if (!checkpoint.origin().equals(newest.origin())) {
                throw new Bad(where, "is of another log, " + checkpoint.origin());
            }
            verifySignatures(checkpoint);
            add(checkpoint);
        }
    }

    private void readRemembered(Path file, Checkpoint newest)
            throws IOException, GeneralSecurityException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new Cannot("there is no " + file);
        }
        Checkpoint checkpoint = checkpoint(note("remembered " + file, bytes));
        List<Key> trusted = brought.isEmpty() ? keys : brought;
        boolean signed = false;
        for (Line line : checkpoint.note().signatures()) {
            for (Key key : trusted) {
                signed |=
                        key.name().equals(newest.origin())
                                && matches(key, line)
                                && isRight(key, checkpoint, line.signature());
            }
        }
        if (!signed || !checkpoint.origin().equals(newest.origin())) {
            throw new Bad(checkpoint.where(), "is not signed by this log's keys");
        }
        if (checkpoint.size() > newest.size()) {
            throw new Bad(
                    checkpoint.where(),
                    "has %d entries, this log only %d: this is an older copy, or entries were cut off"
                            .formatted(checkpoint.size(), newest.size()));
        }
        add(checkpoint);
    }

    private void add(Checkpoint checkpoint) {
        checkpoints.computeIfAbsent(checkpoint.size(), _ -> new ArrayList<>()).add(checkpoint);
    }

    /** Three lines: origin, size, root. */
    private static Checkpoint checkpoint(Note note) {
        String[] lines = note.text().split("\n", -1);
        if (lines.length != 4 || lines[0].isEmpty() || !lines[1].matches("0|[1-9][0-9]{0,17}")) {
            throw new Bad(note.where(), "is not a checkpoint");
        }
        byte[] root = base64(note.where(), lines[2]);
        if (root.length != HASH) {
            throw new Bad(note.where(), "its root is not a hash");
        }
        return new Checkpoint(note, lines[0], Long.parseLong(lines[1]), root);
    }

    private static Note note(String where, byte[] bytes) {
        String note = text(where, bytes);
        int blank = note.lastIndexOf("\n\n");
        if (blank < 0 || !note.endsWith("\n") || blank + 2 == note.length()) {
            throw new Bad(where, "is not a signed note");
        }
        List<Line> signatures = new ArrayList<>();
        for (String line : note.substring(blank + 2, note.length() - 1).split("\n", -1)) {
            String[] parts = line.split(" ", -1);
            byte[] signature = parts.length == 3 ? base64(where, parts[2]) : new byte[0];
            if (signature.length <= 4 || !parts[0].equals("\u2014")) {
                throw new Bad(where, "has a line that is not a signature");
            }
            signatures.add(
                    new Line(
                            parts[1],
                            ByteBuffer.wrap(signature).getInt(),
                            Arrays.copyOfRange(signature, 4, signature.length)));
        }
        return new Note(where, note.substring(0, blank + 1), signatures);
    }

    // Entries and hashes

    private void readEntries(long end) throws IOException, GeneralSecurityException {
        compareRoots();
        while (size < end) {
            long index = size / WIDTH;
            int width = (int) Math.min(WIDTH, end - size);
            String where = "tile/entries/" + path(index, width);
            byte[] bundle = read(where, LONGEST_BUNDLE);
            int at = 0;
            for (int i = 0; i < width; i++) {
                int length =
                        at + 2 > bundle.length
                                ? -1
                                : (bundle[at] & 0xff) << 8 | bundle[at + 1] & 0xff;
                at += 2;
                if (length < 0 || length > bundle.length - at) {
                    throw new Bad(where, "ends before entry " + size);
                }
                readEntry(where, bundle, at, at + length);
                append(bundle, at, length);
                at += length;
                compareRoots();
            }
            if (at != bundle.length) {
                throw new Bad(where, "has more than its " + width + " entries");
            }
        }
    }

    /** Appends a leaf to the tree and compares every tile that this fills. */
    private void append(byte[] bundle, int at, int length) throws IOException, DigestException {
        byte[] hash = new byte[HASH];
        sha256.update((byte) 0);
        sha256.update(bundle, at, length);
        sha256.digest(hash, 0, HASH);
        keep(0, size, hash);
        int level = 0;
        for (long index = size; (index & 1) == 1; index >>= 1) {
            node(frontier[level], hash);
            level++;
            if (level % 8 == 0) {
                keep(level / 8, index >> 1, hash);
            }
        }
        System.arraycopy(hash, 0, frontier[level], 0, HASH);
        size++;
    }

    private void node(byte[] left, byte[] rightAndResult) throws DigestException {
        sha256.update((byte) 1);
        sha256.update(left);
        sha256.update(rightAndResult);
        sha256.digest(rightAndResult, 0, HASH);
    }

    private void keep(int level, long index, byte[] hash) throws IOException {
        if (level == tiles.size()) {
            tiles.add(new byte[WIDTH * HASH]);
        }
        int at = (int) (index % WIDTH);
        System.arraycopy(hash, 0, tiles.get(level), at * HASH, HASH);
        if (at == WIDTH - 1) {
            verifyTile(level, index / WIDTH, WIDTH);
        }
    }

    private void verifyPartialTiles() throws IOException {
        for (int level = 0; level < tiles.size(); level++) {
            long hashes = size >> 8 * level;
            if (hashes % WIDTH != 0) {
                verifyTile(level, hashes / WIDTH, (int) (hashes % WIDTH));
            }
        }
    }

    private void verifyTile(int level, long index, int width) throws IOException {
        String where = "tile/" + level + "/" + path(index, width);
        byte[] found = read(where, WIDTH * HASH);
        int wrong = Arrays.mismatch(found, 0, found.length, tiles.get(level), 0, width * HASH);
        if (wrong >= 0) {
            throw new Bad(
                    where,
                    "hash %d is not that of the entries below (the first is %d)"
                            .formatted(wrong / HASH, (index * WIDTH + wrong / HASH) << 8 * level));
        }
    }

    private void compareRoots() throws DigestException {
        for (Checkpoint checkpoint : checkpoints.getOrDefault(size, List.of())) {
            if (!Arrays.equals(root(), checkpoint.root())) {
                throw new Bad(
                        checkpoint.where(),
                        "its root is not that of the first "
                                + size
                                + " entries: the log was changed");
            }
            compareTime(checkpoint);
        }
    }

    private byte[] root() throws DigestException {
        byte[] root = sha256.digest();
        boolean any = false;
        for (int level = 0; level < 63; level++) {
            if ((size >> level & 1) == 1 && any) {
                node(frontier[level], root);
            } else if ((size >> level & 1) == 1) {
                root = frontier[level].clone();
                any = true;
            }
        }
        return root;
    }

    /** What the log signed with a time is not older than the last entry it covers. */
    private void compareTime(Checkpoint checkpoint) {
        for (Line line : checkpoint.note().signatures()) {
            for (Key key : keys) {
                if (key.algorithm() != 1
                        && key.name().equals(checkpoint.origin())
                        && matches(key, line)
                        && size > 0
                        && ByteBuffer.wrap(line.signature()).getLong() < instant.getEpochSecond()) {
                    throw new Bad(
                            checkpoint.where(), "was signed before its last entry, of " + time);
                }
            }
        }
    }

    // Some entries only, each with its proof

    private void verifyPart(Checkpoint newest, List<Path> remembered)
            throws IOException, GeneralSecurityException {
        if (!remembered.isEmpty()) {
            throw new Cannot("entries with proofs can't be compared with a remembered checkpoint");
        }
        long entries = 0;
        try (BufferedReader leaves = reader("entries.jsonl");
                BufferedReader proofs = reader("proofs")) {
            while (true) {
                String leaf = leaves.readLine();
                String proof = proofs.readLine();
                if (leaf == null && proof == null) {
                    break;
                }
                if (leaf == null || proof == null) {
                    throw new Bad("proofs", "has not one line for each entry");
                }
                verifyLeaf(newest, utf8(leaf), proof.split(" ", -1), entries);
                entries++;
            }
        } catch (CharacterCodingException notText) {
            throw new Bad("entries.jsonl", "is not text");
        }
        reportPart(newest, entries);
    }

    private BufferedReader reader(String name) throws IOException {
        try {
            return Files.newBufferedReader(folder.resolve(name));
        } catch (NoSuchFileException missing) {
            throw new Bad(name, "is missing");
        }
    }

    private void verifyLeaf(Checkpoint newest, byte[] leaf, String[] proof, long line)
            throws DigestException {
        String where = "entries.jsonl, line " + (line + 1);
        if (!proof[0].matches("0|[1-9][0-9]{0,17}")) {
            throw new Bad(where, "its proof names no place");
        }
        long index = Long.parseLong(proof[0]);
        if (index < size || index >= newest.size()) {
            throw new Bad(where, "can't be at place " + index + " of the log");
        }
        size = index;
        readEntry("entries.jsonl", leaf, 0, leaf.length);
        byte[] hash = new byte[HASH];
        sha256.update((byte) 0);
        sha256.update(leaf);
        sha256.digest(hash, 0, HASH);
        if (!Arrays.equals(rootBy(where, hash, newest.size() - 1, proof), newest.root())) {
            throw new Bad(where, "is not in the log of the checkpoint");
        }
        size = index + 1;
    }

    /** RFC 9162, 2.1.3.2; the place is in {@link #size}. */
    private byte[] rootBy(String where, byte[] leafHash, long last, String[] proof)
            throws DigestException {
        byte[] hash = leafHash;
        long place = size;
        long rest = last;
        for (int i = 1; i < proof.length; i++) {
            byte[] sibling = base64(where, proof[i]);
            if (sibling.length != HASH || rest == 0) {
                throw new Bad(where, "its proof is none");
            }
            if ((place & 1) == 1 || place == rest) {
                node(sibling, hash);
                while ((place & 1) == 0 && place != 0) {
                    place >>= 1;
                    rest >>= 1;
                }
            } else {
                node(hash, sibling);
                hash = sibling;
            }
            place >>= 1;
            rest >>= 1;
        }
        if (rest != 0) {
            throw new Bad(where, "its proof is too short");
        }
        return hash;
    }

    private void reportPart(Checkpoint newest, long entries) {
        out.println("log          " + newest.origin() + ", of " + newest.size() + " entries");
        out.println("root         " + Base64.getEncoder().encodeToString(newest.root()));
        out.println("signed by    " + newest.note().signatures().stream().map(Line::name).toList());
        out.println("entries      " + entries + ", each proven to be in the log");
        out.println("times        " + firstTime + " to " + time + ", never back");
        if (brought.isEmpty()) {
            out.println(
                    "WARNING      The keys were taken from the folder itself, where a forger"
                            + " would have put his own. Bring the log's keys: --key");
        }
        out.println("WARNING      That no entry was left out is not shown by this.");
        out.println("GOOD");
    }

    // What an entry says: a JSON object with a member "sequence" and a member "time"

    private void readEntry(String where, byte[] json, int from, int end) {
        String entry = where + ", entry " + size;
        hasSequence = false;
        hasTime = false;
        int at = from;
        if (end - from < 2 || json[from] != '{' || json[end - 1] != '}') {
            throw new Bad(entry, "is not a JSON object");
        }
        do {
            int name = at + 1;
            int colon = afterString(entry, json, name, end);
            int value = colon + 1;
            at = afterValue(entry, json, value, end);
            if (at >= end || json[colon] != ':' || (json[at] != ',' && at != end - 1)) {
                throw new Bad(entry, "is not a JSON object");
            }
            readMember(entry, json, name, colon, value, at);
        } while (at < end - 1);
        if (!hasSequence || !hasTime) {
            throw new Bad(entry, "does not say its sequence and time");
        }
    }

    private void readMember(String entry, byte[] json, int name, int colon, int value, int end) {
        if (is("\"sequence\"", json, name, colon)) {
            String expected = Long.toString(size);
            if (hasSequence || !is(expected, json, value, end)) {
                throw new Bad(entry, "says it is number " + ascii(json, value, end));
            }
            hasSequence = true;
        } else if (is("\"time\"", json, name, colon)) {
            readTime(entry, ascii(json, value, end));
        }
    }

    private void readTime(String entry, String value) {
        String found = value.replace("\"", "");
        if (hasTime || value.length() != found.length() + 2 || found.length() > 30) {
            throw new Bad(entry, "says its time is " + value);
        }
        hasTime = true;
        if (found.equals(time)) {
            return;
        }
        try {
            Instant now = Instant.parse(found);
            if (now.isBefore(instant)) {
                throw new Bad(entry, "is of " + found + ", the one before of " + time);
            }
            instant = now;
        } catch (DateTimeException notATime) {
            throw new Bad(entry, "says its time is " + found);
        }
        firstTime = firstTime.isEmpty() ? found : firstTime;
        time = found;
    }

    private static int afterString(String entry, byte[] json, int from, int end) {
        if (from >= end || json[from] != '"') {
            throw new Bad(entry, "is not a JSON object");
        }
        int at = from + 1;
        while (at < end && json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static int afterValue(String entry, byte[] json, int from, int end) {
        int at = from;
        int depth = 0;
        while (at < end) {
            byte c = json[at];
            if (c == '"') {
                at = afterString(entry, json, at, end);
                continue;
            }
            if (depth == 0 && (c == ',' || c == '}')) {
                return at;
            }
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            at++;
        }
        return at;
    }

    private static boolean is(String text, byte[] bytes, int from, int end) {
        if (end - from != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static String ascii(byte[] bytes, int from, int end) {
        return new String(bytes, from, Math.min(end - from, 64), StandardCharsets.ISO_8859_1);
    }

    // Files

    private byte[] read(String path, long longest) throws IOException {
        Path file = folder.resolve(path);
        try {
            if (Files.size(file) > longest) {
                throw new Bad(path, "is longer than it can be");
            }
            files += path.startsWith("tile/") ? 1 : 0;
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new Bad(path, "is missing");
        }
    }

    /** Below tile, nothing is but what was read. */
    private void refuseOtherFiles() throws IOException {
        long found = 0;
        if (Files.isDirectory(folder.resolve("tile"))) {
            try (Stream<Path> all = Files.walk(folder.resolve("tile"))) {
                found = all.filter(file -> !Files.isDirectory(file)).count();
            }
        }
        if (found != files) {
            throw new Bad(
                    "tile", "has %d files that do not belong to the log".formatted(found - files));
        }
    }

    private static String path(long index, int width) {
        StringBuilder path = new StringBuilder("%03d".formatted(index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            path.insert(0, "x%03d/".formatted(rest % 1000));
        }
        return width == WIDTH ? path.toString() : path + ".p/" + width;
    }

    private static String text(String where, byte[] bytes) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (text.chars().allMatch(c -> c >= ' ' || c == '\n')) {
                return text;
            }
        } catch (CharacterCodingException notText) {
            // Said below.
        }
        throw new Bad(where, "is not text");
    }

    /** The decoder alone would take several spellings of the same bytes. */
    private static byte[] base64(String where, String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            // Said below.
        }
        throw new Bad(where, "has something that is not Base64");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
