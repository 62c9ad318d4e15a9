package com.neuralrouter.server.guardrail;

import com.neuralrouter.server.detect.Detector;
import com.neuralrouter.server.detect.DetectorCatalogue;
import com.neuralrouter.server.policy.GuardrailAction;
import com.neuralrouter.server.policy.GuardrailName;

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
 * @param schema whether an answer must fit the request's schema
 * @param unknown names that nothing has; a request is refused then
 */
record GuardrailPlan(Side request, Side answer, boolean schema, List<String> unknown) {
    static final String SCHEMA = "schema";
    static final String REQUEST_TEXT = "request-text";
    static final String ANSWER_TEXT = "answer-text";

    GuardrailPlan {
        unknown = List.copyOf(unknown);
    }

    /**
     * What looks at one side.
     *
     * @param most characters of text together
     * @param models those that are asked
     */
    record Side(Rules rules, long most, List<GuardModel> models) {
        Side {
            models = List.copyOf(models);
        }

        boolean looks() {
            return !rules.isEmpty() || most < Long.MAX_VALUE || !models.isEmpty();
        }
    }

    static GuardrailPlan of(Collection<String> names, DetectorCatalogue catalogue) {
        var gathering = new Gathering(catalogue);
        new TreeSet<>(names).forEach(gathering::add);
        return new GuardrailPlan(
                gathering.request.side(),
                gathering.answer.side(),
                gathering.schema,
                gathering.unknown);
    }

    /** One side while it is made. */
    private static final class GatheredSide {
        private final Map<Detector, GuardrailAction> wanted = new LinkedHashMap<>();
        private final List<GuardModel> models = new ArrayList<>();
        private long most = Long.MAX_VALUE;

        void add(Detector detector, GuardrailAction action) {
            wanted.merge(detector, action, (one, other) -> one.compareTo(other) <= 0 ? one : other);
        }

        Side side() {
            return new Side(Rules.of(wanted), most, models);
        }
    }

    /** Makes one plan. */
    private static final class Gathering {
        private final DetectorCatalogue catalogue;
        private final GatheredSide request = new GatheredSide();
        private final GatheredSide answer = new GatheredSide();
        private final List<String> unknown = new ArrayList<>();
        private boolean schema;

        Gathering(DetectorCatalogue catalogue) {
            this.catalogue = catalogue;
        }

        void add(String written) {
            try {
                add(GuardrailName.of(written), written);
            } catch (IllegalArgumentException _) {
                unknown.add(written);
            }
        }

        private void add(GuardrailName name, String written) {
            switch (name.kind()) {
                case SCHEMA -> schema = true;
                case REQUEST_TEXT -> request.most = Math.min(request.most, name.most());
                case ANSWER_TEXT -> answer.most = Math.min(answer.most, name.most());
                case CHAT_MODEL, MODERATION_MODEL -> model(name);
                case PATTERN -> detector(name, Detector.ofSite(name.what(), name.definition()));
                case SHIPPED -> {
                    List<Detector> found = catalogue.named(name.what());
                    if (found.isEmpty()) {
                        unknown.add(written);
                    }
                    found.forEach(each -> detector(name, each));
                }
            }
        }

        private void model(GuardrailName name) {
            var model =
                    new GuardModel(
                            name.what(),
                            name.definition(),
                            name.kind() == GuardrailName.Kind.MODERATION_MODEL);
            if (name.onRequest()) {
                request.models.add(model);
            }
            if (name.onAnswer()) {
                answer.models.add(model);
            }
        }

        private void detector(GuardrailName name, Detector detector) {
            if (name.onRequest()) {
                request.add(detector, name.action());
            }
            // What the app itself said is put back there; nothing else is tokenised in answers.
            if (name.onAnswer() && name.action() != GuardrailAction.TOKENISE) {
                answer.add(detector, name.action());
            }
        }
    }
}
