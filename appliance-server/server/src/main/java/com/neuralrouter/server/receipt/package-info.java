/**
 * Receipts: what the appliance signs for an app about each answer, and the keys by which anybody
 * checks them. Read {@link com.neuralrouter.server.receipt.Receipts} first. Knows hashes of content
 * and never content; signs with the vault's key for receipts and with no other (rule R5).
 */
@NullMarked
package com.neuralrouter.server.receipt;

import org.jspecify.annotations.NullMarked;
