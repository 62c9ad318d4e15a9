package com.neuralrouter.server.guardrail;

/** Whether a place in a JSON text is inside of a string. Used by one thread. */
final class JsonPlace {
    private boolean inString;
    private boolean escaped;

    void pass(CharSequence json, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = json.charAt(i);
            if (escaped) {
                escaped = false;
            } else if (c == '\\' && inString) {
                escaped = true;
            } else if (c == '"') {
                inString = !inString;
            }
        }
    }

    /**
     * What stands in the place of a piece of the text so that it stays JSON. Throws {@link
     * GuardrailRefusal} where nothing can.
     */
    String fit(String raw, String instead, String place) {
        boolean before = inString;
        pass(raw, 0, raw.length());
        if (before != inString || raw.indexOf('"') >= 0) {
            throw new GuardrailRefusal(
                    "of this site",
                    "found what cannot be taken out of a tool's arguments, in " + place + ".");
        }
        return before ? instead : '"' + instead + '"';
    }
}
