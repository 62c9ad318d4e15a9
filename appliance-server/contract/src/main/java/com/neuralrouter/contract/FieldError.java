package com.neuralrouter.contract;

/** One field of a request that can't be used: its path in the JSON, and what to do. */
public record FieldError(String field, String message) {}
