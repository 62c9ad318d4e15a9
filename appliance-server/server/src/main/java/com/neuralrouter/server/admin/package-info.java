/**
 * The straight line of one administrative action: who asks, whether that is allowed, one
 * transaction of change and audit entry, the published snapshot, the answer.
 *
 * <p>Read {@link com.neuralrouter.server.admin.AdminTransactions} for what a change promises and
 * {@link com.neuralrouter.server.admin.AdminHttp} for how it comes in over HTTP. A feature adds
 * {@link com.neuralrouter.server.admin.AdminEndpoints} of its own; nothing here knows a feature.
 */
@NullMarked
package com.neuralrouter.server.admin;

import org.jspecify.annotations.NullMarked;
