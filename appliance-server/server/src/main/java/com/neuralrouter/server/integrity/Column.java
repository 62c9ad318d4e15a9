package com.neuralrouter.server.integrity;

/** A column of a table that decides. */
record Column(String name, Type type) {

    /**
     * How a value is written in its canonical form, the same whichever database keeps it. The tag
     * is a part of that form: it never changes, and 0 stands for a value that is not there.
     */
    enum Type {
        /** 16 bytes. */
        UUID(1),
        /** 8 bytes, big-endian, whatever the column's own width. */
        NUMBER(2),
        /** 1 byte, 0 or 1. */
        BOOLEAN(3),
        /** UTF-16 code units, big-endian: every text that Java can hold has one form of its own. */
        TEXT(4),
        /** Microseconds since 1970-01-01T00:00Z, 8 bytes, big-endian. */
        TIME(5),
        BYTES(6);

        private final byte tag;

        Type(int tag) {
            this.tag = (byte) tag;
        }

        byte tag() {
            return tag;
        }

        /** Bytes of a value in a primary key; only what always has as many can be in one. */
        int keySize() {
            return switch (this) {
                case UUID -> 16;
                case NUMBER -> 8;
                case BOOLEAN, TEXT, TIME, BYTES ->
                        throw new IllegalStateException("a primary key of " + this);
            };
        }
    }

    static Column uuid(String name) {
        return new Column(name, Type.UUID);
    }

    static Column number(String name) {
        return new Column(name, Type.NUMBER);
    }

    static Column bool(String name) {
        return new Column(name, Type.BOOLEAN);
    }

    static Column text(String name) {
        return new Column(name, Type.TEXT);
    }

    static Column time(String name) {
        return new Column(name, Type.TIME);
    }

    static Column bytes(String name) {
        return new Column(name, Type.BYTES);
    }
}
