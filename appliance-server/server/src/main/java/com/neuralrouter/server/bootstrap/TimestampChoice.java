package com.neuralrouter.server.bootstrap;

import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.server.audit.timestamp.CheckpointStamps;
import com.neuralrouter.server.audit.timestamp.TimestampTrust;
import com.neuralrouter.server.audit.timestamp.TimestampUnusable;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Who stamps a site's checkpoints, according to its {@code appliance.yaml}. */
final class TimestampChoice {
    private TimestampChoice() {}

    /**
     * Empty for nobody. Throws {@link TimestampUnusable} if the file can't be used; what is wrong
     * in the configuration itself was refused when it was read.
     */
    static Optional<CheckpointStamps.Settings> of(
            SiteFolder site, ApplianceConfig.Timestamp config) {
        if (config.url().isEmpty()) {
            return Optional.empty();
        }
        Path file = site.root().resolve(config.caFile());
        try {
            var trust = new TimestampTrust(Pem.certificates(Files.readString(file)));
            return Optional.of(
                    new CheckpointStamps.Settings(url(config.url()), trust, config.every()));
        } catch (IOException | CertificateProblem | IllegalArgumentException failure) {
            throw new TimestampUnusable(
                    "The timestamp authority's certificates can't be read from '%s'; put them there as PEM."
                            .formatted(file),
                    failure);
        }
    }

    static URI url(String written) {
        try {
            URI url = new URI(written);
            boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            if (web && url.getHost() != null && url.getUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException _) {
            // Told below, as everything else that is none.
        }
        throw new IllegalArgumentException(
                "this is no timestamp authority; write a URL as in http://tsa.example.org/tsr");
    }
}
