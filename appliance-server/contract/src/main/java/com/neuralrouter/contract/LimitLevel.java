package com.neuralrouter.contract;

/** Whose requests a limit or a budget is about. */
public enum LimitLevel {
    /** All requests of the site. */
    SITE,
    /** Those of one workspace. */
    WORKSPACE,
    /** Those with the API keys of one name in a workspace: a key and the one that replaces it. */
    KEY,
    /** Those for one model: by one route, whoever asks. */
    ROUTE
}
