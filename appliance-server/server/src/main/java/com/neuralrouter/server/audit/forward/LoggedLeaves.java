package com.neuralrouter.server.audit.forward;

import com.neuralrouter.server.audit.log.EntryLog;

/** The site's log as forwarders see it: its leaves, without what is kept beside them. */
public record LoggedLeaves(EntryLog log) implements LeafSource {
    @Override
    public long size() {
        return log.size();
    }

    @Override
    public void read(long from, long to, Visitor visitor) {
        log.read(from, to, (sequence, leaf, _) -> visitor.visit(sequence, leaf));
    }
}
