package com.neuralrouter.desktop.policies;

import com.neuralrouter.desktop.ui.ViewContext;

/** The rules of policies in this reader's language. */
final class RuleWords {
    private RuleWords() {}

    /** What a rule is about; its own name where a newer appliance has one that we don't know. */
    static String name(ViewContext context, String rule) {
        var key = "policies.rule." + rule;
        return context.messages().has(key) ? context.text(key) : rule;
    }
}
