package com.neuralrouter.server.guardrail;

import com.neuralrouter.server.detect.Detector;
import com.neuralrouter.server.detect.TextStream;
import com.neuralrouter.server.policy.GuardrailAction;

/** One text of an answer that comes piece by piece. Used by the request's thread. */
final class AnswerChannel {
    private final Rules rules;
    private final Acting acting;
    private final String place;
    private final boolean json;
    private final TextStream scanned;
    private final Restorer restorer;
    private final JsonPlace source = new JsonPlace();

    /** How much of what goes out in one call the source has passed. */
    private int passed;

    /**
     * @param json whether the text is JSON: a tool's arguments
     */
    AnswerChannel(Rules rules, Acting acting, String place, boolean json) {
        this.rules = rules;
        this.acting = acting;
        this.place = place;
        this.json = json;
        this.scanned = new TextStream(rules.scan(), this::instead);
        this.restorer = acting.restorer(json);
    }

    /** What of the text can go on when this has come. */
    String push(String more) {
        return restorer.push(seen(scanned.push(more)));
    }

    /** The rest; the text has ended. */
    String end() {
        String last = restorer.push(seen(scanned.end()));
        return last + restorer.end();
    }

    private String seen(String out) {
        if (json) {
            source.pass(out, passed, out.length());
            passed = 0;
        }
        return out;
    }

    private String instead(Detector detector, String raw, CharSequence before) {
        GuardrailAction action = rules.actions().get(rules.scan().detectors().indexOf(detector));
        String instead = acting.on(detector, action, place, raw);
        if (json) {
            source.pass(before, passed, before.length());
            instead = source.fit(raw, instead, place);
            passed = before.length() + instead.length();
        }
        return instead;
    }
}
