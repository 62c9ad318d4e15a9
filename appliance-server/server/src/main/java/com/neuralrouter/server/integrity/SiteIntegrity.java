package com.neuralrouter.server.integrity;

import com.neuralrouter.server.integrity.DecidingRowStore.SiteRow;
import com.neuralrouter.server.integrity.TableImage.Key;
import com.neuralrouter.server.secret.MacKey;
import com.neuralrouter.server.store.TouchedRows;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tells whether the rows that decide are those that the appliance wrote, and signs what it writes.
 * A transaction that changes them verifies first ({@link #verify}), tells by {@link Tx#touched}
 * what it writes, and signs that last ({@link #sign}); whoever decides by them verifies in the
 * transaction in which they are read. One for each running appliance; safe for all threads.
 *
 * <p>Which rows a table has to have is remembered, by the table's digest, once all of it was
 * verified. As long as the site's digest, which is authenticated and of the newest state, names
 * that digest, a large table need not be read again: what a transaction reads of it is verified
 * before it is read. Small tables are verified whole each time.
 */
public final class SiteIntegrity {
    /** As many rows as are read anyway each time, of the smallest tables first. */
    private static final int ROWS_READ_EACH_TIME = 1000;

    /** The newest of a table, and the one before, which may be read yet. */
    private static final int IMAGES_OF_A_TABLE = 2;

    private static final Map<String, DecidingTable> BY_NAME =
            DecidingTables.ALL.stream().collect(Collectors.toMap(DecidingTable::name, it -> it));

    private final MacKey key;
    private final int rowsReadEachTime;
    private final DecidingRowStore rows = new DecidingRowStore();
    private final AtomicReference<Seen> seen = new AtomicReference<>(Seen.NOTHING);

    /** By the table's name, the newest first. Forgotten when tampering was found. */
    private final Map<String, List<TableImage>> known = new ConcurrentHashMap<>();

    /** The caller goes on owning the key, and closes it when the appliance has stopped. */
    public SiteIntegrity(MacKey key) {
        this(key, ROWS_READ_EACH_TIME);
    }

    /** The same, with fewer or more rows that are read each time whether they are needed or not. */
    public SiteIntegrity(MacKey key, int rowsReadEachTime) {
        this.key = key;
        this.rowsReadEachTime = rowsReadEachTime;
    }

    /** To be taken before the transaction begins in which {@link #verify} is called. */
    public Seen seen() {
        return seen.get();
    }

    /**
     * Throws {@link StoreTampered} unless the site is not older than what was seen, and each row
     * that was read is one that the appliance wrote and none is missing. From then on the
     * transaction throws it too, when it is about to read or write a row that is not. Returns what
     * has to be there.
     */
    public Verified verify(Tx tx, Seen before) {
        return verify(tx, before, this::remembered);
    }

    /** The same, and reads every row of every table. */
    public Verified verifyAll(Tx tx, Seen before) {
        return verify(tx, before, _ -> Map.of());
    }

    private Verified verify(
            Tx tx, Seen before, Function<SiteDigest, Map<String, TableImage>> remembered) {
        SiteRow site = rows.site(tx).orElseThrow(() -> tampered(Finding.Kind.NO_DIGEST));
        SiteDigest stored =
                SiteDigest.read(site.digest()).orElseThrow(() -> tampered(Finding.Kind.NO_DIGEST));
        var findings = new ArrayList<Finding>();
        boolean authentic =
                matches(stored.whole(), RowCodes.ofSite(key, site.content(), stored.tables()));
        if (!authentic) {
            findings.add(Finding.ofSite(Finding.Kind.ALTERED));
        }
        Map<String, TableImage> unread = authentic ? remembered.apply(stored) : Map.of();
        var images = new HashMap<>(unread);
        for (int i = 0; i < DecidingTables.ALL.size(); i++) {
            DecidingTable table = DecidingTables.ALL.get(i);
            if (!unread.containsKey(table.name())) {
                read(tx, table, stored.tables().get(i), findings)
                        .ifPresent(image -> images.put(table.name(), image));
            }
        }
        var found = new Seen(site.version(), stored.whole());
        if (findings.isEmpty() && before.contradicts(found)) {
            findings.add(Finding.ofSite(Finding.Kind.STORE_PUT_BACK));
        }
        if (!findings.isEmpty()) {
            throw tampered(findings);
        }
        images.values().forEach(this::remember);
        seen.accumulateAndGet(found, Seen::newer);
        tx.watchedBy(new UnreadTables(tx, key, rows, List.copyOf(unread.values()), this::tampered));
        return new Verified(found, images);
    }

    /** The tables that need not be read: what has to be in them is known, and they are large. */
    private Map<String, TableImage> remembered(SiteDigest stored) {
        var images = new ArrayList<TableImage>();
        for (int i = 0; i < DecidingTables.ALL.size(); i++) {
            byte[] digest = stored.tables().get(i);
            known.getOrDefault(DecidingTables.ALL.get(i).name(), List.of()).stream()
                    .filter(image -> image.hasDigest(digest))
                    .findFirst()
                    .ifPresent(images::add);
        }
        images.sort(Comparator.comparing(TableImage::rows));
        var unread = new HashMap<String, TableImage>();
        long read = 0;
        for (TableImage image : images) {
            read += image.rows();
            if (read > rowsReadEachTime) {
                unread.put(image.table().name(), image);
            }
        }
        return unread;
    }

    private void remember(TableImage image) {
        known.compute(
                image.table().name(),
                (_, before) -> {
                    var images = new ArrayList<>(List.of(image));
                    if (before != null) {
                        before.stream()
                                .filter(other -> !other.hasDigest(image.digest()))
                                .limit(IMAGES_OF_A_TABLE - 1)
                                .forEach(images::add);
                    }
                    return List.copyOf(images);
                });
    }

    /** Empty when something was found. */
    private Optional<TableImage> read(
            Tx tx, DecidingTable table, byte[] stored, List<Finding> findings) {
        int before = findings.size();
        var codes = new RowCodes(key, table);
        var collected = new TableImage.Collector();
        rows.everything(
                tx,
                table,
                row -> {
                    byte[] mac = row.mac();
                    collected.add(row.content(), row.keyLength(), mac == null ? new byte[0] : mac);
                    if (!matches(mac, codes.of(row.content()))) {
                        findings.add(Finding.altered(table, row.key()));
                    }
                });
        if (!matches(stored, collected.digest(key, table))) {
            findings.add(Finding.otherRows(table));
        }
        return findings.size() == before
                ? Optional.of(collected.image(key, table))
                : Optional.empty();
    }

    /**
     * Signs the rows that this transaction has touched, and the site with them. Must come last, in
     * the transaction in which {@link #verify} returned that state: what it signs is otherwise not
     * known. Returns the state that is there when the transaction commits.
     */
    public Seen sign(Tx tx, Verified before) {
        Map<String, TableImage> touched = signTouched(tx, before);
        var tables = new ArrayList<byte[]>();
        for (DecidingTable table : DecidingTables.ALL) {
            TableImage image = touched.get(table.name());
            tables.add((image == null ? before.image(table.name()) : image).digest());
        }
        SiteRow site = demandSite(tx);
        return new Seen(site.version(), write(tx, site, tables));
    }

    /**
     * Signs every row as it is, without asking where it comes from: for a site that is being
     * founded, and for rows that a restored backup has brought and that were verified by the
     * backup's own means. Nothing that the store itself says may ever lead here.
     */
    public void signAll(Tx tx) {
        var tables = new ArrayList<byte[]>();
        for (DecidingTable table : DecidingTables.ALL) {
            var codes = new RowCodes(key, table);
            var collected = new TableImage.Collector();
            var found = new LinkedHashMap<List<Object>, byte[]>();
            rows.everything(
                    tx,
                    table,
                    row -> {
                        byte[] code = codes.of(row.content());
                        collected.add(row.content(), row.keyLength(), code);
                        found.put(row.key(), code);
                    });
            rows.write(tx, table, found);
            tables.add(collected.digest(key, table));
        }
        write(tx, demandSite(tx), tables);
    }

    /**
     * What the touched tables have when the transaction commits. It is remembered at once, by its
     * digest: if the transaction does not commit, no authentic site names that digest.
     */
    private Map<String, TableImage> signTouched(Tx tx, Verified before) {
        Map<String, List<TouchedRows>> byTable =
                tx.touched().stream().collect(Collectors.groupingBy(TouchedRows::table));
        var signed = new HashMap<String, TableImage>();
        byTable.forEach((name, touched) -> {
            DecidingTable table = BY_NAME.get(name);
            if (table == null) {
                throw new IllegalStateException("no table that decides: " + name);
            }
            TableImage image = signed(tx, before.image(name), touched);
            remember(image);
            signed.put(name, image);
        });
        return signed;
    }

    private TableImage signed(Tx tx, TableImage before, List<TouchedRows> touched) {
        DecidingTable table = before.table();
        var codes = new RowCodes(key, table);
        var replaced = new KeyRanges();
        var written = new LinkedHashMap<List<Object>, byte[]>();
        var now = new HashMap<Key, byte[]>();
        for (TouchedRows each : touched) {
            replaced.add(CanonicalRow.key(table, each.key()));
            rows.everythingBelow(
                    tx,
                    table,
                    each.key(),
                    row -> {
                        byte[] code = codes.of(row.content());
                        written.put(row.key(), code);
                        now.put(new Key(row.keyBytes()), code);
                    });
        }
        rows.write(tx, table, written);
        return before.with(key, replaced, now);
    }

    private byte[] write(Tx tx, SiteRow site, List<byte[]> tables) {
        byte[] whole = RowCodes.ofSite(key, site.content(), tables);
        rows.write(tx, new SiteDigest(tables, whole));
        return whole;
    }

    private SiteRow demandSite(Tx tx) {
        return rows.site(tx)
                .orElseThrow(() -> new IllegalStateException("the site was not founded"));
    }

    private static boolean matches(byte @Nullable [] stored, byte[] computed) {
        return stored != null && MessageDigest.isEqual(stored, computed);
    }

    private StoreTampered tampered(Finding.Kind kind) {
        return tampered(List.of(Finding.ofSite(kind)));
    }

    /** After that nothing is taken for known, until everything was read and found to be ours. */
    private StoreTampered tampered(List<Finding> findings) {
        known.clear();
        return new StoreTampered(findings);
    }
}
