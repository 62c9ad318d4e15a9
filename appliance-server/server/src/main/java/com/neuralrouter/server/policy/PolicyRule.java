package com.neuralrouter.server.policy;

import java.util.Set;

/** One rule of a policy. A rule only ever narrows what a request may do. */
public sealed interface PolicyRule {

    /** Its name in denials, in the audit trail and in the site's document. */
    String id();

    /** Public model names outside the set are refused. */
    record AllowedModels(Set<String> models) implements PolicyRule {
        public AllowedModels {
            models = Set.copyOf(models);
        }

        @Override
        public String id() {
            return "allowedModels";
        }
    }

    /** Public model names in the set are refused. */
    record DeniedModels(Set<String> models) implements PolicyRule {
        public DeniedModels {
            models = Set.copyOf(models);
        }

        @Override
        public String id() {
            return "deniedModels";
        }
    }

    /**
     * A request goes to no provider outside the set, whatever its route says. Names, as in the
     * site's document.
     */
    record AllowedProviders(Set<String> providers) implements PolicyRule {
        public AllowedProviders {
            providers = Set.copyOf(providers);
        }

        @Override
        public String id() {
            return "allowedProviders";
        }
    }

    /**
     * A request that asks for more output tokens is refused; one that does not say gets this many.
     */
    record MaxOutputTokens(int tokens) implements PolicyRule {
        public MaxOutputTokens {
            if (tokens < 1) {
                throw new IllegalArgumentException("maxOutputTokens " + tokens + " is below 1");
            }
        }

        @Override
        public String id() {
            return "maxOutputTokens";
        }
    }

    /** A larger request body is refused. Bytes. */
    record MaxRequestBytes(int bytes) implements PolicyRule {
        public MaxRequestBytes {
            if (bytes < 1) {
                throw new IllegalArgumentException("maxRequestBytes " + bytes + " is below 1");
            }
        }

        @Override
        public String id() {
            return "maxRequestBytes";
        }
    }
}
