package com.neuralrouter.server.audit.forward;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;

import javax.net.ssl.SSLException;

/** Says in words of our own why a receiver can't be reached; nothing of what it sent is in them. */
final class Trouble {
    private Trouble() {}

    /** The end of a sentence that begins with the receiver. */
    static String of(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case UnconfirmedEnd end -> {
                    return end.sentence();
                }
                case CertPathBuilderException _, CertPathValidatorException _ -> {
                    return "has a certificate that no authority of the configured file vouches for"
                            + " now";
                }
                case CertificateException wrong when wrong.getCause() == null -> {
                    return "has a certificate for another host, or a damaged one";
                }
                case UnknownHostException _, UnresolvedAddressException _ -> {
                    return "has a name that can't be resolved";
                }
                case ConnectException _ -> {
                    return "does not accept connections";
                }
                case SocketTimeoutException _, HttpTimeoutException _ -> {
                    return "does not answer in time";
                }
                default -> {}
            }
        }
        return failure instanceof SSLException
                ? "breaks off TLS, or refuses this appliance's certificate"
                : "breaks off the connection";
    }
}
