package com.neuralrouter.server.approval;

import com.neuralrouter.contract.ChangedField;
import com.neuralrouter.server.admin.AdminJson;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a proposed change would make different.
 *
 * @param words for people, in English, a line for each
 * @param fields the same field by field; empty where it is no field's
 */
public record WhatDiffers(List<String> words, List<ChangedField> fields) {

    public WhatDiffers {
        words = words.stream().map(line -> line.replace('\n', ' ')).toList();
        fields = List.copyOf(fields);
    }

    /** Fields, and nothing that they don't say. */
    public static WhatDiffers of(List<ChangedField> fields) {
        return new WhatDiffers(fields.stream().map(ChangedField::words).toList(), fields);
    }

    /** One thing that is no field's. */
    public static WhatDiffers said(String words) {
        return new WhatDiffers(List.of(words), List.of());
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    /** As it lies in the store: words where fields don't say them, and each field as JSON. */
    String kept() {
        var lines = new ArrayList<String>();
        if (!words.equals(of(fields).words())) {
            lines.addAll(words);
        }
        for (ChangedField field : fields) {
            lines.add(new String(AdminJson.write(field), StandardCharsets.UTF_8));
        }
        return String.join("\n", lines);
    }

    /** Words begin with a letter; rows of earlier versions have nothing else. */
    static WhatDiffers read(String kept) {
        var words = new ArrayList<String>();
        var fields = new ArrayList<ChangedField>();
        for (String line : kept.split("\n")) {
            if (line.startsWith("{")) {
                fields.add(field(line));
            } else if (!line.isEmpty()) {
                words.add(line);
            }
        }
        return words.isEmpty() ? of(fields) : new WhatDiffers(words, fields);
    }

    private static ChangedField field(String line) {
        return AdminJson.read(line.getBytes(StandardCharsets.UTF_8), ChangedField.class);
    }
}
