/**
 * Knows the rows by which the appliance decides for its own: each has an authentication code, and
 * the site has a digest of them all, so that a row that something else than the appliance changed,
 * added, removed or put back is refused before it decides. It tells; what is refused and audited
 * then is the business of {@code admin} and {@code snapshot} (ADR 0020).
 *
 * <p>Start with {@link com.neuralrouter.server.integrity.SiteIntegrity}.
 */
@NullMarked
package com.neuralrouter.server.integrity;

import org.jspecify.annotations.NullMarked;
