package com.neuralrouter.server.dialect;

/** {@code body[from..to)}. */
record Range(int from, int to) {
    static final Range NONE = new Range(-1, -1);

    boolean present() {
        return from >= 0;
    }
}
