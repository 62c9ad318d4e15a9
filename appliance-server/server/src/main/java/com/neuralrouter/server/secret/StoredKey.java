package com.neuralrouter.server.secret;

/** A workspace's key as it lies in the store: sealed under the root key. */
record StoredKey(int version, byte[] sealed, byte[] checkValue) {

    @Override
    public String toString() {
        return "StoredKey[version=" + version + ", redacted]";
    }
}
