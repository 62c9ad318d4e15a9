package com.neuralrouter.server.receipt;

/**
 * A receipt as it goes to the app.
 *
 * @param jws in the compact form of RFC 7515
 * @param hash SHA-256 of that text, base64url: what stands for it in the audit log
 */
public record SignedReceipt(String jws, String hash) {
    /** The header of an answer, and the word in a stream's last comment. */
    public static final String NAME = "nr-receipt";
}
