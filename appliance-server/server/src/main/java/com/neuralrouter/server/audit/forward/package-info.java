/**
 * Delivers the audit log's entries to other systems, each exactly in order: syslog over TLS (RFC
 * 5424, RFC 5425), with the entry's JSON or as CEF, and OTLP/HTTP.
 *
 * <p>Start with {@link com.neuralrouter.server.audit.forward.AuditForwarding}. Forwarders pull from
 * the log by number, with a thread and a position file each, so that a receiver that is slow or
 * dead costs neither the log nor a request anything. Nothing here changes an entry, and nothing
 * here is needed for the log to be whole: the copies are the receivers'.
 *
 * <p>What leaves the box from here is the named exception to rule R6.
 */
@NullMarked
package com.neuralrouter.server.audit.forward;

import org.jspecify.annotations.NullMarked;
