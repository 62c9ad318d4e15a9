package com.neuralrouter.server.chat;

import java.util.Locale;

/** The URLs by which OpenAI's formats give images and files (RFC 2397). */
public final class DataUrl {
    private static final String SCHEME = "data:";
    private static final String BASE64 = ";base64";

    private DataUrl() {}

    /** What the URL stands for: the bytes that it holds, or the place it names. */
    public static Media media(Placed url) {
        String text = url.string();
        if (isHttp(text)) {
            return new Media.Remote(text);
        }
        return inline(url);
    }

    /** The bytes that the URL holds; throws {@link MalformedChat} if it is no such URL. */
    public static Media.Inline inline(Placed url) {
        String text = url.string();
        int comma = text.indexOf(',');
        if (comma < 0 || !text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw url.malformed("must be a data URL, or one of http or https");
        }
        String head = text.substring(SCHEME.length(), comma);
        if (!head.toLowerCase(Locale.ROOT).endsWith(BASE64) || head.length() == BASE64.length()) {
            throw url.malformed("must name its media type and be in base64");
        }
        String type = head.substring(0, head.length() - BASE64.length());
        int parameters = type.indexOf(';');
        return new Media.Inline(
                (parameters < 0 ? type : type.substring(0, parameters)).toLowerCase(Locale.ROOT),
                text.substring(comma + 1));
    }

    /** The URL for what is in the request, or the one that was given. */
    public static String of(Media media) {
        return switch (media) {
            case Media.Inline inline -> SCHEME + inline.type() + BASE64 + "," + inline.base64();
            case Media.Remote remote -> remote.url();
        };
    }

    private static boolean isHttp(String url) {
        return url.regionMatches(true, 0, "https://", 0, 8)
                || url.regionMatches(true, 0, "http://", 0, 7);
    }
}
