package com.neuralrouter.server.guardrail;

import com.neuralrouter.server.guardrail.detect.Detector;
import com.neuralrouter.server.guardrail.detect.DetectorCatalogue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What the guardrails that a policy names come to: the union of all, and where two say different
 * things of one detector, the stricter. Immutable.
 *
 * @param mostRequestText characters
 * @param mostAnswerText characters
 * @param schema whether an answer must fit the request's schema
 * @param unknown names that nothing has; a request is refused then
 */
record GuardrailPlan(
        Rules request,
        Rules answer,
        long mostRequestText,
        long mostAnswerText,
        boolean schema,
        List<String> unknown) {

    GuardrailPlan {
        unknown = List.copyOf(unknown);
    }

    boolean looksAtRequests() {
        return !request.isEmpty() || mostRequestText < Long.MAX_VALUE;
    }

    boolean looksAtAnswers() {
        return !answer.isEmpty() || mostAnswerText < Long.MAX_VALUE || schema;
    }

    /**
     * @param site the site's own patterns, by their names
     */
    static GuardrailPlan of(
            Collection<String> names, DetectorCatalogue catalogue, Map<String, Detector> site) {
        var gathering = new Gathering(catalogue, site);
        new TreeSet<>(names).forEach(gathering::add);
        return gathering.plan();
    }

    /** Makes one plan. */
    private static final class Gathering {
        private final DetectorCatalogue catalogue;
        private final Map<String, Detector> site;
        private final Map<Detector, Action> request = new LinkedHashMap<>();
        private final Map<Detector, Action> answer = new LinkedHashMap<>();
        private final List<String> unknown = new ArrayList<>();
        private long mostRequestText = Long.MAX_VALUE;
        private long mostAnswerText = Long.MAX_VALUE;
        private boolean schema;

        Gathering(DetectorCatalogue catalogue, Map<String, Detector> site) {
            this.catalogue = catalogue;
            this.site = site;
        }

        void add(String written) {
            GuardrailName name;
            try {
                name = GuardrailName.of(written);
            } catch (IllegalArgumentException _) {
                unknown.add(written);
                return;
            }
            switch (name.what()) {
                case GuardrailName.SCHEMA -> schema = true;
                case GuardrailName.REQUEST_TEXT ->
                        mostRequestText = Math.min(mostRequestText, name.most());
                case GuardrailName.ANSWER_TEXT ->
                        mostAnswerText = Math.min(mostAnswerText, name.most());
                default -> detectors(name, written);
            }
        }

        private void detectors(GuardrailName name, String written) {
            List<Detector> found = named(name.what());
            if (found.isEmpty()) {
                unknown.add(written);
            }
            for (Detector detector : found) {
                if (name.onRequest()) {
                    request.merge(detector, name.action(), Gathering::stricter);
                }
                // What the app itself said is put back there; nothing else is tokenised in answers.
                if (name.onAnswer() && name.action() != Action.TOKENISE) {
                    answer.merge(detector, name.action(), Gathering::stricter);
                }
            }
        }

        private List<Detector> named(String what) {
            Detector own = site.get(what);
            if (own != null) {
                return List.of(own);
            }
            return catalogue.detector(what).map(List::of).orElseGet(() -> catalogue.group(what));
        }

        private static Action stricter(Action one, Action other) {
            return one.compareTo(other) <= 0 ? one : other;
        }

        GuardrailPlan plan() {
            return new GuardrailPlan(
                    Rules.of(request),
                    Rules.of(answer),
                    mostRequestText,
                    mostAnswerText,
                    schema,
                    unknown);
        }
    }
}
