package com.neuralrouter.server.guardrail;

/**
 * A model of the site's that is asked whether a text is safe.
 *
 * @param name what the policy calls it
 * @param model the public name of its route
 * @param moderation whether it is asked for a moderation, and not in a chat
 */
public record GuardModel(String name, String model, boolean moderation) {}
