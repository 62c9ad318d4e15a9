package com.neuralrouter.contract;

/** What somebody says about an incident; for closing one it may be empty. */
public record IncidentNote(String text) {}
