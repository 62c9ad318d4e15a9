package com.neuralrouter.server.route.condition;

/**
 * What a condition can ask about a request. Nothing of its content is here but its size and what
 * kinds of things are in it.
 */
public interface Subject {

    /** {@code key.id}. */
    String keyId();

    /** {@code key.name}. */
    String keyName();

    /** {@code workspace}, its name. */
    String workspace();

    /** {@code operation}, as in {@code chat} or {@code embeddings}. */
    String operation();

    /** {@code stream}: whether the answer is wanted as a stream. */
    boolean stream();

    /** {@code tools}: whether the request offers tools. */
    boolean tools();

    /** {@code images}: whether there is an image in it. */
    boolean images();

    /** {@code tokens}: the length of the context, estimated. */
    long tokens();

    /**
     * {@code header["name"]}: a header that the route declares, empty if the request does not have
     * it.
     *
     * @param name in lower case
     */
    String header(String name);
}
