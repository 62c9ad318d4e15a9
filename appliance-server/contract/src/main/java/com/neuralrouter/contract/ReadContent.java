package com.neuralrouter.contract;

/**
 * Asks for the content of one request.
 *
 * @param reason for the audit trail
 */
public record ReadContent(RequestId request, String reason) {}
