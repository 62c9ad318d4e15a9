package com.neuralrouter.server.store;

/** Where in a database of PostgreSQL a store's tables are. */
enum PostgresSchema {
    /** The store of a site. Its lock's second number is "st". */
    SITE("public", 29_556),
    /** A store that is being restored, beside the one whose place it is to take. */
    RESTORED("neural_router_restored", 29_557);

    private final String text;
    private final int lock;

    PostgresSchema(String text, int lock) {
        this.text = text;
        this.lock = lock;
    }

    /** Its name, which needs no quotes. */
    String text() {
        return text;
    }

    /** The second number of the advisory lock that whoever uses the store holds. */
    int lock() {
        return lock;
    }
}
