package com.neuralrouter.server.secret;

/**
 * A version of a workspace's key as it lies in the store: wrapped under a version of the root key.
 */
record StoredKey(int version, int rootVersion, byte[] sealed, byte[] checkValue) {

    @Override
    public String toString() {
        return "StoredKey[version=" + version + ", redacted]";
    }
}
