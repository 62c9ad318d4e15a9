package com.neuralrouter.server.dialect;

/** Compares media types (RFC 9110, section 8.3.1). */
final class MediaType {
    private static final String JSON = "application/json";

    private MediaType() {}

    static boolean isJson(String contentType) {
        return is(contentType, JSON);
    }

    /** Without parameters, and whatever the case. */
    static boolean is(String contentType, String type) {
        int end = type.length();
        return contentType.regionMatches(true, 0, type, 0, end)
                && (contentType.length() == end
                        || contentType.charAt(end) == ';'
                        || contentType.charAt(end) == ' ');
    }
}
