/**
 * The site as a document: what {@code neural-router apply} sends and {@code export} writes, and how
 * the site is made what it says.
 *
 * <p>Start with {@link com.neuralrouter.server.site.SitePlanner}: the difference between what is
 * and what shall be, as a pure function. {@code SiteYaml} is the file's form of the document and is
 * used by the command only; {@code SiteCommands} carries a plan out in one transaction.
 */
@NullMarked
package com.neuralrouter.server.site;

import org.jspecify.annotations.NullMarked;
