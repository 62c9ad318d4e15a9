package com.neuralrouter.server.approval;

import com.neuralrouter.server.admin.AdminJson;
import com.neuralrouter.tlog.CanonicalJson;

import tools.jackson.databind.json.JsonMapper;

import java.util.Map;

/** What a change was made from, in a few letters: equal only for the same. */
public final class Base {
    /** There is nothing yet. */
    public static final String NOTHING = "nothing";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Base() {}

    /** The SHA-256, hex, of a wire record. */
    public static String of(Object wire) {
        Map<?, ?> members = JSON.readValue(AdminJson.write(wire), Map.class);
        return ChangeText.sha256(CanonicalJson.write(members));
    }
}
