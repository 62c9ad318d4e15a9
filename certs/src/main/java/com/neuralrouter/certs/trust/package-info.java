/**
 * What both ends of a connection need to know each other: pins, fingerprints, enrolment codes, PEM
 * and identities. Read {@link com.neuralrouter.certs.trust.EnrolmentCode} first. Nothing here can
 * sign a certificate; server and desktop both use it.
 */
@NullMarked
package com.neuralrouter.certs.trust;

import org.jspecify.annotations.NullMarked;
