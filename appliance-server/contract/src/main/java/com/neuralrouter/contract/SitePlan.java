package com.neuralrouter.contract;

import java.util.List;

/**
 * What would change if a document were applied.
 *
 * @param changes in the order in which they would be made; empty if the site is as the document
 *     says
 */
public record SitePlan(List<Change> changes) {

    public SitePlan {
        changes = List.copyOf(changes);
    }

    /**
     * One difference.
     *
     * @param kind workspace, provider, credential, route, policy or api key
     * @param name as a person would say it, as in {@code research / openai}
     * @param differences for an update: field, what it is and what it would be; secrets are only
     *     named
     */
    public record Change(Action action, String kind, String name, List<String> differences) {
        public Change {
            differences = List.copyOf(differences);
        }
    }

    /** What would be done. */
    public enum Action {
        CREATE,
        UPDATE,
        /**
         * Removed (a key: revoked), because the document does not name it and pruning was asked
         * for.
         */
        REMOVE,
        /** Not in the document, and left as it is because pruning was not asked for. */
        KEEP
    }
}
