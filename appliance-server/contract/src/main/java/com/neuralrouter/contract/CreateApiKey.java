package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** Asks for a new API key in the workspace that the path names. */
public record CreateApiKey(String name, @Nullable Instant expiresAt) {}
