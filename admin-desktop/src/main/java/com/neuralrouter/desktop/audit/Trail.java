package com.neuralrouter.desktop.audit;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.Page;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.AuditSearch;
import com.neuralrouter.desktop.client.Trouble;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The part of the audit trail that has been read.
 *
 * @param entries the newest first; all that the search lets through, without a gap
 * @param older the cursor of the entries before; empty if there are none
 * @param came how many of them came by themselves the last time
 */
public record Trail(List<AuditEntry> entries, Optional<String> older, int came) {
    /**
     * How often the appliance is asked for one page: it looks through so many entries each time and
     * then answers with what it has found. After that the user says whether to go on.
     */
    private static final int MOST_CALLS = 20;

    public Trail {
        entries = List.copyOf(entries);
    }

    /** The newest page that the search lets through. */
    static Answer<Trail> newest(AdminClient client, AuditSearch search, int limit) {
        return read(client, search, "", limit);
    }

    /** With a page of older entries below. */
    Answer<Trail> withOlder(AdminClient client, AuditSearch search, int limit) {
        return read(client, search, older.orElse(""), limit)
                .map(page ->
                        new Trail(
                                Stream.concat(entries.stream(), page.entries.stream()).toList(),
                                page.older,
                                0));
    }

    /**
     * With those on top that are newer; the newer page alone where it does not reach down to us.
     */
    Trail withNewer(Trail newest) {
        if (entries.isEmpty()) {
            return new Trail(newest.entries, newest.older, newest.entries.size());
        }
        long known = entries.getFirst().sequence();
        var news = newest.entries.stream().filter(each -> each.sequence() > known).toList();
        if (news.isEmpty()) {
            return new Trail(entries, older, 0);
        }
        boolean reaches = news.size() < newest.entries.size() || newest.older.isEmpty();
        return reaches
                ? new Trail(
                        Stream.concat(news.stream(), entries.stream()).toList(), older, news.size())
                : new Trail(newest.entries, newest.older, news.size());
    }

    /** A page can be short although there is a next one: asks until it is full, or for a while. */
    private static Answer<Trail> read(
            AdminClient client, AuditSearch search, String from, int limit) {
        var entries = new ArrayList<AuditEntry>();
        Optional<String> cursor = Optional.of(from);
        for (int i = 0; i < MOST_CALLS && cursor.isPresent() && entries.size() < limit; i++) {
            switch (client.audit(search, cursor.get(), limit - entries.size())) {
                case Answer.Refused<Page<AuditEntry>>(Trouble trouble) -> {
                    return new Answer.Refused<>(trouble);
                }
                case Answer.Ok<Page<AuditEntry>>(Page<AuditEntry> page) -> {
                    entries.addAll(page.items());
                    cursor = Optional.ofNullable(page.nextCursor());
                }
            }
        }
        return new Answer.Ok<>(new Trail(entries, cursor, 0));
    }
}
