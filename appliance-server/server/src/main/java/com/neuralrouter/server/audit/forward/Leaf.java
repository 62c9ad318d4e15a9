package com.neuralrouter.server.audit.forward;

import java.util.ArrayList;
import java.util.List;

/** One entry on its way: its number in the log and its bytes, as they are in the tree. */
record Leaf(long sequence, byte[] bytes) {

    /**
     * The leaves from a number on: as many as there are, at most so many, and no further one when
     * they have so many bytes. Copied before anything is sent, so that the log is never held up by
     * a receiver.
     */
    static List<Leaf> from(LeafSource log, long from, int most, long mostBytes) {
        var leaves = new ArrayList<Leaf>();
        long end = Math.min(log.size(), from + most);
        long bytes = 0;
        while (from + leaves.size() < end && bytes < mostBytes) {
            long next = from + leaves.size();
            int before = leaves.size();
            // A few at a time: a leaf may have 64 KiB, and what is over the limit was for nothing.
            log.read(
                    next,
                    Math.min(end, next + 16),
                    (sequence, leaf) -> leaves.add(new Leaf(sequence, leaf)));
            for (Leaf leaf : leaves.subList(before, leaves.size())) {
                bytes += leaf.bytes().length;
            }
        }
        for (int i = 0; i < leaves.size(); i++) {
            if (leaves.get(i).sequence() != from + i) {
                throw new IllegalStateException(
                        "the log gave leaf "
                                + leaves.get(i).sequence()
                                + " where "
                                + (from + i)
                                + " was asked for");
            }
        }
        return leaves;
    }
}
