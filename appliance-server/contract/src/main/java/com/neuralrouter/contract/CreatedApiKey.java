package com.neuralrouter.contract;

/** A new API key with its secret: the one answer that ever carries it. */
public record CreatedApiKey(ApiKey key, String secret) {

    @Override
    public String toString() {
        return "CreatedApiKey[key=" + key + ", secret=redacted]";
    }
}
