package com.neuralrouter.server.provider.http;

import com.neuralrouter.contract.RequestId;

/**
 * Makes up the ids of tool calls for formats that have none: made of the request's id, so that no
 * two calls of a conversation have the same, and short enough for every format (OpenAI takes 40
 * characters).
 */
public final class CallIds {
    private final String prefix;

    public CallIds(RequestId request) {
        this.prefix = "call_" + request.toString().replace("-", "");
    }

    /**
     * @param given the provider's id, which is kept if there is one
     * @param call the call's number in its answer, from 0
     */
    public String of(String given, int call) {
        return given.isEmpty() ? prefix + "_" + call : given;
    }
}
