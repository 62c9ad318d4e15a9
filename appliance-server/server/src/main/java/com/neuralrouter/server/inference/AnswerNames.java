package com.neuralrouter.server.inference;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The names of the headers that formats give answers, as HTTP wants them: a handful, each made
 * once. Safe for all threads.
 */
final class AnswerNames {
    private final ConcurrentMap<String, HeaderName> names = new ConcurrentHashMap<>();

    HeaderName of(String name) {
        HeaderName known = names.get(name);
        return known != null ? known : names.computeIfAbsent(name, HeaderNames::create);
    }
}
