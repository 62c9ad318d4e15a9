package com.neuralrouter.server.policy;

/**
 * The kinds of rules, in the order in which they are asked: the first that refuses is named. A
 * policy has at most one of each.
 */
public enum RuleKind {
    NETWORKS("networks"),
    HOURS("hours"),
    ALLOWED_OPERATIONS("allowedOperations"),
    DENIED_OPERATIONS("deniedOperations"),
    ALLOWED_MODELS("allowedModels"),
    DENIED_MODELS("deniedModels"),
    /** Raises the label of what is asked about; refuses nothing by itself. */
    LEAST_CLASSIFICATION("leastClassification"),
    MAX_CLASSIFICATION("maxClassification"),
    ALLOWED_TOOLS("allowedTools"),
    DENIED_TOOLS("deniedTools"),
    NO_IMAGES("noImages"),
    MAX_REQUEST_BYTES("maxRequestBytes"),
    MAX_INPUT_TOKENS("maxInputTokens"),
    MAX_OUTPUT_TOKENS("maxOutputTokens"),
    MAX_TOTAL_TOKENS("maxTotalTokens"),
    /** From here on they ask where a request goes, once for each upstream. */
    ALLOWED_PROVIDERS("allowedProviders"),
    DENIED_PROVIDERS("deniedProviders"),
    ALLOWED_JURISDICTIONS("allowedJurisdictions"),
    CLASSIFIED_JURISDICTIONS("classifiedJurisdictions"),
    ALLOWED_REGIONS("allowedRegions"),
    NO_TRAINING("noTraining"),
    MAX_RETENTION("maxRetention"),
    /** Which upstreams may get a copy of the request; refuses no request. */
    ALLOWED_SHADOWS("allowedShadows"),
    /** What has to be run; refuses nothing by itself. */
    GUARDRAILS("guardrails"),
    /** For how long content is kept here; refuses nothing by itself. */
    KEEP_CONTENT("keepContentFor");

    private final String id;

    RuleKind(String id) {
        this.id = id;
    }

    /** Its name in a policy's document, in refusals and in the audit trail. */
    public String id() {
        return id;
    }

    /** Whether it asks where a request goes. */
    public boolean asksWhereto() {
        return compareTo(ALLOWED_PROVIDERS) >= 0 && compareTo(MAX_RETENTION) <= 0;
    }
}
