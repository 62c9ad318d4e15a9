package com.neuralrouter.desktop.audit;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.Page;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The part of the audit trail that has been read.
 *
 * @param entries the newest first, without a gap
 * @param older the cursor of the entries before; empty if there are none
 */
public record Trail(List<AuditEntry> entries, Optional<String> older) {

    public Trail {
        entries = List.copyOf(entries);
    }

    static Trail newest(Page<AuditEntry> page) {
        return new Trail(page.items(), Optional.ofNullable(page.nextCursor()));
    }

    /** With a page of older entries below. */
    Trail then(Page<AuditEntry> page) {
        return new Trail(
                Stream.concat(entries.stream(), page.items().stream()).toList(),
                Optional.ofNullable(page.nextCursor()));
    }
}
