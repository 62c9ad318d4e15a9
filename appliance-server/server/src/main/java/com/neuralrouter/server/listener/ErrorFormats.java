package com.neuralrouter.server.listener;

/**
 * The formats of errors that are spoken at one listener. Given to it so that what HTTP itself
 * refuses, before any of an API's own code runs, also comes in the form that the API's clients
 * read. Safe for all threads.
 */
@FunctionalInterface
public interface ErrorFormats {

    /**
     * @param path as it was asked for; empty if the request line could not be read
     */
    ErrorFormat at(String path);
}
