package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

/** Asks for a new workspace. */
public record CreateWorkspace(String name, @Nullable String description) {}
