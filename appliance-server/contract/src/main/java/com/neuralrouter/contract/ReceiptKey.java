package com.neuralrouter.contract;

import java.time.Instant;

/**
 * A key that signs receipts, or did: its public half.
 *
 * @param kid the thumbprint by which receipts name it (RFC 7638)
 * @param x the Ed25519 key itself, base64url (RFC 8037)
 * @param signing whether it signs now; of all others the private half was destroyed
 */
public record ReceiptKey(String kid, String x, Instant createdAt, boolean signing) {}
