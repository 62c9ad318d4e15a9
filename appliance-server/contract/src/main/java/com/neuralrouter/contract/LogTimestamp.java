package com.neuralrouter.contract;

/**
 * A checkpoint of the audit log that a timestamp authority has stamped (RFC 3161).
 *
 * @param size how many entries it covers
 * @param note the signed checkpoint, exactly as it was stamped
 * @param response the authority's answer, a TimeStampResp (DER) in Base64
 */
public record LogTimestamp(long size, String note, String response) {}
