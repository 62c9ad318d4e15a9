/**
 * The site's own certificates as files: made at {@code init}, taken up and renewed at start. Read
 * {@link com.neuralrouter.server.certificate.SiteCertificates} first. How certificates are built is
 * the {@code certs} module's business; who may be enrolled is {@code device}'s.
 */
@NullMarked
package com.neuralrouter.server.certificate;

import org.jspecify.annotations.NullMarked;
