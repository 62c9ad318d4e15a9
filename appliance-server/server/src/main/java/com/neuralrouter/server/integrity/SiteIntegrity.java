package com.neuralrouter.server.integrity;

import com.neuralrouter.server.integrity.DecidingRowStore.SiteRow;
import com.neuralrouter.server.secret.MacKey;
import com.neuralrouter.server.store.TouchedRows;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * Tells whether the rows that decide are those that the appliance wrote, and signs what it writes.
 * A transaction that changes them verifies all first ({@link #verify}), tells by {@link Tx#touched}
 * what it writes, and signs that last ({@link #sign}); whoever decides by them verifies in the
 * transaction in which they are read. One for each running appliance; safe for all threads.
 *
 * <p>Verifying costs one ordered pass over the tables, whose rows are not kept; signing, one over
 * the keys and codes of the tables that were touched.
 */
public final class SiteIntegrity {
    /** Enough to say where; a store that was altered as a whole has as many as rows. */
    private static final int FINDINGS = 20;

    private final MacKey key;
    private final DecidingRowStore rows = new DecidingRowStore();
    private final AtomicReference<Seen> seen = new AtomicReference<>(Seen.NOTHING);

    /** The caller goes on owning the key, and closes it when the appliance has stopped. */
    public SiteIntegrity(MacKey key) {
        this.key = key;
    }

    /** To be taken before the transaction begins in which {@link #verify} is called. */
    public Seen seen() {
        return seen.get();
    }

    /**
     * Throws {@link StoreTampered} unless each row is one that the appliance wrote, they are all
     * there and no others, and the site is not older than what was seen. Returns what was found.
     */
    public Seen verify(Tx tx, Seen before) {
        SiteRow site = rows.site(tx).orElseThrow(() -> tampered(Finding.Kind.NO_DIGEST));
        SiteDigest stored =
                SiteDigest.read(site.digest()).orElseThrow(() -> tampered(Finding.Kind.NO_DIGEST));
        var findings = new ArrayList<Finding>();
        if (!matches(stored.whole(), RowCodes.ofSite(key, site.content(), stored.tables()))) {
            findings.add(ofSite(Finding.Kind.ALTERED));
        }
        for (int i = 0; i < DecidingTables.ALL.size(); i++) {
            verify(tx, DecidingTables.ALL.get(i), stored.tables().get(i), findings);
        }
        var found = new Seen(site.version(), stored.whole());
        if (findings.isEmpty() && before.contradicts(found)) {
            findings.add(ofSite(Finding.Kind.STORE_PUT_BACK));
        }
        if (!findings.isEmpty()) {
            throw new StoreTampered(findings.subList(0, Math.min(FINDINGS, findings.size())));
        }
        seen.accumulateAndGet(found, Seen::newer);
        return found;
    }

    private void verify(Tx tx, DecidingTable table, byte[] stored, List<Finding> findings) {
        var codes = new RowCodes(key, table);
        rows.everything(
                tx,
                table,
                row -> {
                    codes.count(row.content(), row.keyLength(), row.mac());
                    if (!matches(row.mac(), codes.of(row.content()))
                            && findings.size() < FINDINGS) {
                        findings.add(
                                new Finding(table.name(), name(row.key()), Finding.Kind.ALTERED));
                    }
                });
        if (!matches(stored, codes.digest())) {
            findings.add(
                    new Finding(
                            table.name(),
                            Finding.NOT_ONE_ROW,
                            Finding.Kind.ROWS_REMOVED_ADDED_OR_PUT_BACK));
        }
    }

    /**
     * Signs the rows that this transaction has touched, and the site with them. Must come last, in
     * a transaction that began with {@link #verify}: what it signs is otherwise not known. Returns
     * the state that is there when the transaction commits.
     */
    public Seen sign(Tx tx) {
        SiteRow site = demandSite(tx);
        SiteDigest before =
                SiteDigest.read(site.digest())
                        .orElseThrow(() ->
                                new IllegalStateException("a change to a site without a digest"));
        Set<String> touched = signTouched(tx);
        var tables = new ArrayList<byte[]>();
        for (int i = 0; i < DecidingTables.ALL.size(); i++) {
            DecidingTable table = DecidingTables.ALL.get(i);
            tables.add(touched.contains(table.name()) ? digest(tx, table) : before.tables().get(i));
        }
        return new Seen(site.version(), write(tx, site, tables));
    }

    /**
     * Signs every row as it is, without asking where it comes from: for a site that is being
     * founded, and for rows that a restored backup has brought and that were verified by the
     * backup's own means. Nothing that the store itself says may ever lead here.
     */
    public void signAll(Tx tx) {
        for (DecidingTable table : DecidingTables.ALL) {
            var codes = new RowCodes(key, table);
            var found = new LinkedHashMap<List<Object>, byte[]>();
            rows.everything(tx, table, row -> found.put(row.key(), codes.of(row.content())));
            rows.write(tx, table, found);
        }
        write(
                tx,
                demandSite(tx),
                DecidingTables.ALL.stream().map(table -> digest(tx, table)).toList());
    }

    private Set<String> signTouched(Tx tx) {
        Map<String, DecidingTable> byName =
                DecidingTables.ALL.stream()
                        .collect(Collectors.toMap(DecidingTable::name, table -> table));
        var touched = new HashSet<String>();
        for (TouchedRows each : tx.touched()) {
            DecidingTable table = byName.get(each.table());
            if (table == null) {
                throw new IllegalStateException("no table that decides: " + each.table());
            }
            var codes = new RowCodes(key, table);
            var found = new LinkedHashMap<List<Object>, byte[]>();
            rows.everythingBelow(
                    tx, table, each.key(), row -> found.put(row.key(), codes.of(row.content())));
            rows.write(tx, table, found);
            touched.add(each.table());
        }
        return touched;
    }

    private byte[] digest(Tx tx, DecidingTable table) {
        var codes = new RowCodes(key, table);
        rows.codes(tx, table, row -> codes.count(row.content(), row.keyLength(), row.mac()));
        return codes.digest();
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

    private static String name(List<Object> key) {
        return key.stream().map(Object::toString).collect(Collectors.joining("/"));
    }

    private static Finding ofSite(Finding.Kind kind) {
        return new Finding(DecidingTables.SITE.name(), "1", kind);
    }

    private static StoreTampered tampered(Finding.Kind kind) {
        return new StoreTampered(List.of(ofSite(kind)));
    }
}
