package com.neuralrouter.server.usage;

/**
 * A request from its beginning to its end, as the store keeps it.
 *
 * @param position its place among all records, in the order in which they are stored; from 1
 */
public record RequestRecord(long position, RequestStarted started, RequestEnded ended) {}
