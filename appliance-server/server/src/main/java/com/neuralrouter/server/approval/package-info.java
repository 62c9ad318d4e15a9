/**
 * Changes that need a second person: which they are, how they are proposed and decided, and that
 * what is carried out is what was approved. Read {@link
 * com.neuralrouter.server.approval.ApprovalCommands} first. It knows no change itself: rooms say
 * what theirs are by {@link com.neuralrouter.server.approval.Approvable}, and ask {@link
 * com.neuralrouter.server.approval.SecondPerson} before they make one.
 */
@NullMarked
package com.neuralrouter.server.approval;

import org.jspecify.annotations.NullMarked;
