package com.neuralrouter.server.guardrail;

import com.neuralrouter.server.detect.Detector;
import com.neuralrouter.server.detect.Match;
import com.neuralrouter.server.policy.GuardrailAction;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks at every text of a JSON tree, whatever it is called: strings, names, and numbers long
 * enough to say something; and at texts that are split over several parts of a message. Used by one
 * thread, for one tree.
 */
final class TreeGuard {
    /** Shorter numbers are quantities. */
    private static final int SHORTEST_NUMBER = 8;

    private static final int SHORTEST_NAME = 8;

    private final Rules rules;
    private final Acting acting;
    private final Set<String> settings;
    private final List<TextSlot> slots = new ArrayList<>();
    private int characters;

    /**
     * @param settings fields of the outermost object that are not looked at
     */
    TreeGuard(Rules rules, Acting acting, Set<String> settings) {
        this.rules = rules;
        this.acting = acting;
        this.settings = settings;
    }

    /** Looks at all of it, and changes it in place. Throws {@link GuardrailRefusal}. */
    void guard(ObjectNode root) {
        gather(root);
        apply();
    }

    /** Finds all texts. */
    void gather(ObjectNode root) {
        for (String name : List.copyOf(root.propertyNames())) {
            JsonNode value = root.get(name);
            boolean number = value.isNumber() || value.isBoolean();
            if (!settings.contains(name) && !number) {
                member(root, name, value, "", true);
            }
        }
    }

    /** How many characters of text there are. */
    int characters() {
        return characters;
    }

    /** All texts, one below the other. */
    String text() {
        var all = new StringBuilder(characters + slots.size());
        slots.forEach(slot -> all.append(slot.text()).append('\n'));
        return all.toString();
    }

    void apply() {
        slots.forEach(this::scan);
        new Seams(rules.scan(), slots).matches(this::act);
        slots.forEach(slot -> slot.write(acting));
    }

    private void member(ObjectNode in, String name, JsonNode value, String place, boolean shown) {
        boolean known = shown && Protocol.isName(name);
        String at = known ? place.isEmpty() ? name : place + "." + name : place;
        boolean below = known && !Protocol.isOpen(name);
        switch (value) {
            case ObjectNode object -> object(object, at, below);
            case ArrayNode array -> array(array, name, at, below);
            default -> text(name, value, at, text -> in.put(name, text));
        }
        if (!Protocol.isName(name) && name.length() >= SHORTEST_NAME) {
            slots.add(
                    new TextSlot(
                            name,
                            at,
                            false,
                            false,
                            changed -> {
                                JsonNode moved = in.remove(name);
                                in.set(
                                        in.has(changed) ? changed + "-" + in.size() : changed,
                                        moved);
                            }));
        }
    }

    private void object(ObjectNode object, String place, boolean shown) {
        for (String name : List.copyOf(object.propertyNames())) {
            member(object, name, object.get(name), place, shown);
        }
    }

    private void array(ArrayNode array, String name, String place, boolean shown) {
        for (int i = 0; i < array.size(); i++) {
            int index = i;
            String at = shown ? place + "[" + i + "]" : place;
            switch (array.get(i)) {
                case ObjectNode object -> object(object, at, shown);
                case ArrayNode inner -> array(inner, name, at, shown);
                case JsonNode value -> text(name, value, at, text -> array.set(index, text));
            }
        }
    }

    private void text(String name, JsonNode value, String place, Consumer<String> change) {
        if (value.isString()) {
            String text = value.stringValue();
            if (!text.isEmpty() && !Protocol.isBlob(name, text)) {
                characters += text.length();
                slots.add(
                        new TextSlot(
                                text,
                                place,
                                Protocol.flows(name),
                                Protocol.isJson(name, text),
                                change));
            }
        } else if (value.isNumber()) {
            String text = value.isIntegralNumber() ? value.bigIntegerValue().toString() : "";
            if (text.length() >= SHORTEST_NUMBER) {
                slots.add(new TextSlot(text, place, false, false, change));
            }
        }
    }

    private void scan(TextSlot slot) {
        for (Match match : rules.scan().matches(slot.text())) {
            act(slot, match, true);
        }
    }

    /**
     * @param first whether this is where the match begins, of those over several texts
     */
    private void act(TextSlot slot, Match match, boolean first) {
        Detector detector = rules.scan().detectors().get(match.detector());
        GuardrailAction action = rules.actions().get(match.detector());
        slot.replace(
                match, first ? raw -> acting.on(detector, action, slot.place(), raw) : _ -> "");
    }
}
