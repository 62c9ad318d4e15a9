/**
 * A site's own certificate authority. Read {@link
 * com.neuralrouter.certs.ca.SiteCertificateAuthority} first. Only the server uses it; a desktop
 * must not be able to sign (architecture rule R9).
 */
@NullMarked
package com.neuralrouter.certs.ca;

import org.jspecify.annotations.NullMarked;
