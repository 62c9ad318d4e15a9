/**
 * The screen of a workspace's provider credentials: the list, how one is set or replaced, and how
 * one is deleted.
 *
 * <p>Read {@link com.neuralrouter.desktop.credentials.CredentialsViewModel} first. A credential
 * goes in and never comes out again: what is shown is its last four characters.
 */
@NullMarked
package com.neuralrouter.desktop.credentials;

import org.jspecify.annotations.NullMarked;
