package com.neuralrouter.server.detect;

import com.neuralrouter.server.detect.PatternForm.Characters;
import com.neuralrouter.server.detect.PatternForm.Token;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The detectors that are shipped: a document of data, in which each has texts that it must and must
 * not find. Immutable, safe for all threads.
 */
public final class DetectorCatalogue {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String version;
    private final Map<String, Detector> byId = new LinkedHashMap<>();
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private DetectorCatalogue(Document document) {
        this.version = document.version();
        for (Entry entry : document.detectors()) {
            byId.put(entry.id(), detector(entry));
            entries.put(entry.id(), entry);
        }
    }

    /** Reads a catalogue whose signature was verified. */
    public static DetectorCatalogue of(byte[] json) {
        return new DetectorCatalogue(JSON.readValue(json, Document.class));
    }

    /** Which one it is, as in {@code 2026-11-29}. */
    public String version() {
        return version;
    }

    public Optional<Detector> detector(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Those of a group such as {@code pii}; empty if there is no such group. */
    public List<Detector> group(String group) {
        return byId.values().stream().filter(each -> each.group().equals(group)).toList();
    }

    /** The detector of that name, or those of the group; empty if there is neither. */
    public List<Detector> named(String name) {
        return detector(name).map(List::of).orElseGet(() -> group(name));
    }

    public Collection<Detector> detectors() {
        return byId.values();
    }

    /** What the catalogue says of each: for the reference and for tests. */
    Collection<Entry> entries() {
        return entries.values();
    }

    /** The document. */
    record Document(String version, List<Entry> detectors) {}

    /**
     * One detector.
     *
     * @param matches texts that hold it
     * @param ignores texts that look like it and do not hold it
     */
    record Entry(
            String id,
            String group,
            String title,
            List<Written> forms,
            List<String> matches,
            List<String> ignores) {}

    /**
     * One form: either shapes and separators, or a pattern with literals.
     *
     * @param shapes see {@link NumberForm}
     * @param characters see {@link Token}
     */
    record Written(
            @Nullable List<String> shapes,
            @Nullable String separators,
            @Nullable String pattern,
            @Nullable List<String> literals,
            @Nullable Integer before,
            @Nullable String characters,
            @Nullable Integer longest,
            @Nullable String until,
            @Nullable String untilCharacters,
            @Nullable Integer untilLongest,
            @Nullable String check,
            @Nullable List<String> context,
            @Nullable Integer contextWithin) {}

    private static Detector detector(Entry entry) {
        var forms = new ArrayList<Form>();
        for (Written written : entry.forms()) {
            forms.add(form(written));
        }
        return new Detector(entry.id(), entry.group(), forms);
    }

    private static Form form(Written written) {
        Check check =
                written.check() == null
                        ? Check.NONE
                        : Check.valueOf(written.check().toUpperCase(Locale.ROOT).replace('-', '_'));
        Context context =
                written.context() == null
                        ? Context.NONE
                        : new Context(written.context(), orZero(written.contextWithin()));
        if (written.shapes() != null) {
            return new NumberForm(written.shapes(), orEmpty(written.separators()), check, context);
        }
        var token =
                new Token(
                        written.literals() == null ? List.of() : written.literals(),
                        orZero(written.before()),
                        Characters.of(orEmpty(written.characters())),
                        orZero(written.longest()),
                        orEmpty(written.until()),
                        Characters.of(orEmpty(written.untilCharacters())),
                        orZero(written.untilLongest()));
        return new PatternForm(orEmpty(written.pattern()), token, check, context);
    }

    private static int orZero(@Nullable Integer value) {
        return value == null ? 0 : value;
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }
}
