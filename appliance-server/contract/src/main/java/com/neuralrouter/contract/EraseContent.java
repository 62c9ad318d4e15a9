package com.neuralrouter.contract;

/**
 * Asks to erase what is kept of requests' content.
 *
 * @param reason for the audit trail
 */
public record EraseContent(ContentOf of, String reason) {}
