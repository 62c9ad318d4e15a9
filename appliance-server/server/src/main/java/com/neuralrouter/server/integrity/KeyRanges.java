package com.neuralrouter.server.integrity;

import com.neuralrouter.server.integrity.TableImage.Key;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Rows of one table, told by what their keys begin with, in the canonical form. No beginning in it
 * begins with another one. For one thread.
 */
final class KeyRanges {
    private final TreeSet<Key> beginnings = new TreeSet<>();

    void add(byte[] beginning) {
        if (covers(beginning)) {
            return;
        }
        var added = new Key(beginning);
        Key next = beginnings.ceiling(added);
        while (next != null && beginsWith(next.bytes(), beginning)) {
            beginnings.remove(next);
            next = beginnings.ceiling(added);
        }
        beginnings.add(added);
    }

    /** Whether all rows whose key begins so are among these. */
    boolean covers(byte[] beginning) {
        Key before = beginnings.floor(new Key(beginning));
        return before != null && beginsWith(beginning, before.bytes());
    }

    boolean isEmpty() {
        return beginnings.isEmpty();
    }

    /** In their order. */
    List<byte[]> inOrder() {
        return beginnings.stream().map(Key::bytes).toList();
    }

    private static boolean beginsWith(byte[] bytes, byte[] beginning) {
        return bytes.length >= beginning.length
                && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
    }
}
