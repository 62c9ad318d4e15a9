package com.neuralrouter.server.apikey;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.server.store.Tx;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Knows when requests last came with which keys; the records of requests are asked. */
public interface LastUses {

    /** A key that was never used is not in the result. */
    Map<ApiKeyId, Instant> of(Tx tx, List<ApiKeyId> keys);
}
