/**
 * Backups: what a site is, in one sealed file that any version from its own on can restore on
 * either database; and the keys of its workspaces in another.
 *
 * <p>Start with {@link com.neuralrouter.server.backup.BackupFile} for the file's form and {@link
 * com.neuralrouter.server.backup.Dump} for what is in it. It reads and loads all tables, whoever
 * they belong to, and is therefore named in rule R8; it changes no running site.
 */
@NullMarked
package com.neuralrouter.server.backup;

import org.jspecify.annotations.NullMarked;
