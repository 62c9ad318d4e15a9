/**
 * The screen of approvals: changes that wait for a second person, and those that did; and which
 * changes do.
 *
 * <p>Read {@link com.neuralrouter.desktop.approvals.ApprovalsViewModel} first.
 */
@NullMarked
package com.neuralrouter.desktop.approvals;

import org.jspecify.annotations.NullMarked;
