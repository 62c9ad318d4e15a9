/**
 * The screen of workspaces: the list, and how one is created.
 *
 * <p>Read {@link com.neuralrouter.desktop.workspaces.WorkspacesViewModel} first. This is the
 * pattern of a list screen: a view model without scene types, a view without decisions, a bundle of
 * words, a test of each, and one line in {@code desktop.Screens}.
 */
@NullMarked
package com.neuralrouter.desktop.workspaces;

import org.jspecify.annotations.NullMarked;
