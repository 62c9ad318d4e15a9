package com.neuralrouter.certs.ca;

import com.neuralrouter.certs.trust.CertificateProblem;

import org.bouncycastle.asn1.x509.GeneralName;

import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A name by which clients reach a server: a host name (RFC 1123, section 2.1) or an IP address. No
 * wildcards: a site knows what its appliance is called.
 */
public record ServerName(String text) {
    private static final int MAX_LENGTH = 253;
    private static final Pattern DOTTED = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}");
    private static final Pattern HOST =
            Pattern.compile(
                    "(?=.*[a-z])[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
                            + "(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    public ServerName {
        text = text.strip().toLowerCase(Locale.ROOT);
        if (!isAddress(text) && (text.length() > MAX_LENGTH || !HOST.matcher(text).matches())) {
            throw new CertificateProblem(
                    "'"
                            + text
                            + "' is neither a host name nor an IP address; write it as in"
                            + " appliance.example.org, 10.1.2.3 or fd00::1.");
        }
    }

    GeneralName generalName() {
        return new GeneralName(isAddress(text) ? GeneralName.iPAddress : GeneralName.dNSName, text);
    }

    /** Only the usual forms: the JDK would take 10.1 for 10.0.0.1 as well. */
    private static boolean isAddress(String text) {
        if (!text.contains(":") && !DOTTED.matcher(text).matches() || text.contains("%")) {
            return false;
        }
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
