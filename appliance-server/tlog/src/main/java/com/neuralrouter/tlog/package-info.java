/**
 * The public formats of the audit trail, for whoever writes, reads or checks it: the server, the
 * desktop as a witness, and the command. Read {@link com.neuralrouter.tlog.Checkpoint} first.
 *
 * <p>RFC 6962 and RFC 9162 (Merkle trees and their proofs), RFC 8785 (canonical JSON), and of the
 * Community Cryptography Specification Project (github.com/C2SP/C2SP, read on 2026-11-23):
 * signed-note, tlog-checkpoint, tlog-cosignature, tlog-tiles and tlog-proof. It knows nothing of
 * what entries mean, of the server or of where a log is kept, and uses the JDK alone (rule R1).
 */
@NullMarked
package com.neuralrouter.tlog;

import org.jspecify.annotations.NullMarked;
