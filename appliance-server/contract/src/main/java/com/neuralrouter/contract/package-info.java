/**
 * The admin API on the wire: one record for each message, the ids, the problem codes, the
 * permissions and the paths.
 *
 * <p>Read {@link com.neuralrouter.contract.AdminApi} first: it lists every path with what goes in
 * and comes out. A record here may have nullable components, because JSON may lack them; nothing
 * here has logic beyond checking itself, and nothing here may depend on the server, on a JSON
 * mapper or on an HTTP library (architecture rule R1).
 */
@NullMarked
package com.neuralrouter.contract;

import org.jspecify.annotations.NullMarked;
