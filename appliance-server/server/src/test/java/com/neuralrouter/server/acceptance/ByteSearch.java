package com.neuralrouter.server.acceptance;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Looks for texts in files, in every form in which a program may have written them: UTF-8 and both
 * UTF-16, H2's own encoding, hex, base64 and base64url wherever the text begins in them, JSON's
 * escapes, URL encoding.
 */
final class ByteSearch {
    private final Map<Integer, List<Pattern>> byFirstFour = new HashMap<>();
    private final boolean[] firstTwo = new boolean[1 << 16];

    private record Pattern(String finding, byte[] bytes) {}

    /**
     * @param texts by the name under which a finding is told
     */
    ByteSearch(Map<String, String> texts) {
        texts.forEach((name, text) ->
                forms(text).forEach((form, bytes) -> add(name + " as " + form, bytes)));
    }

    /** The text in each form, by the form's name. */
    static Map<String, byte[]> forms(String text) {
        Map<String, byte[]> forms = new LinkedHashMap<>();
        byte[] utf8 = text.getBytes(UTF_8);
        forms.put("UTF-8", utf8);
        forms.put("UTF-16BE", text.getBytes(UTF_16BE));
        forms.put("UTF-16LE", text.getBytes(UTF_16LE));
        forms.put("H2 text", h2(text));
        String hex = HexFormat.of().formatHex(utf8);
        forms.put("hex", hex.getBytes(UTF_8));
        forms.put("upper-case hex", hex.toUpperCase().getBytes(UTF_8));
        forms.put("JSON", escaped(text, 0x10000).getBytes(UTF_8));
        forms.put("ASCII JSON", escaped(text, 0x7f).getBytes(UTF_8));
        forms.put("URL encoding", URLEncoder.encode(text, UTF_8).getBytes(UTF_8));
        for (int offset = 0; offset < 3; offset++) {
            forms.put("base64 at " + offset, base64(Base64.getEncoder(), utf8, offset));
            forms.put("base64url at " + offset, base64(Base64.getUrlEncoder(), utf8, offset));
        }
        return forms;
    }

    /** What was found, as in {@code the prompt as hex in data/site.mv.db}; files below a folder. */
    List<String> findings(Path folder) throws IOException {
        List<String> findings = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String where = " in " + folder.relativize(file);
                search(Files.readAllBytes(file)).forEach(one -> findings.add(one + where));
            }
        }
        return findings;
    }

    private List<String> search(byte[] content) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i + 4 <= content.length; i++) {
            if (firstTwo[two(content, i)]) {
                for (Pattern pattern : byFirstFour.getOrDefault(four(content, i), List.of())) {
                    int end = i + pattern.bytes().length;
                    if (end <= content.length
                            && Arrays.equals(
                                    content, i, end, pattern.bytes(), 0, pattern.bytes().length)) {
                        found.add(pattern.finding());
                    }
                }
            }
        }
        return found;
    }

    private void add(String finding, byte[] bytes) {
        firstTwo[two(bytes, 0)] = true;
        byFirstFour
                .computeIfAbsent(four(bytes, 0), key -> new ArrayList<>())
                .add(new Pattern(finding, bytes));
    }

    private static int two(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    private static int four(byte[] bytes, int at) {
        return two(bytes, at) << 16 | two(bytes, at + 2);
    }

    /**
     * As H2 2 writes strings into its file ({@code DataUtils.writeStringData}): like UTF-8, but
     * without the high bit of the bytes that follow the first one of a character.
     */
    private static byte[] h2(String text) {
        var bytes = new ByteArrayOutputStream();
        for (char c : text.toCharArray()) {
            if (c < 0x80) {
                bytes.write(c);
            } else if (c < 0x800) {
                bytes.write(0xc0 | c >> 6);
                bytes.write(c & 0x3f);
            } else {
                bytes.write(0xe0 | c >> 12);
                bytes.write(c >> 6 & 0x3f);
                bytes.write(c & 0x3f);
            }
        }
        return bytes.toByteArray();
    }

    /** Without the characters at both ends that depend on what stands beside the text. */
    private static byte[] base64(Base64.Encoder encoder, byte[] text, int offset) {
        byte[] shifted = new byte[offset + text.length];
        System.arraycopy(text, 0, shifted, offset, text.length);
        String encoded = encoder.withoutPadding().encodeToString(shifted);
        int from = (offset * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        return encoded.substring(from, to).getBytes(UTF_8);
    }

    private static String escaped(String text, int highestPlain) {
        var json = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                default -> {
                    if (c < ' ' || c > highestPlain) {
                        json.append("\\u%04x".formatted((int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        return json.toString();
    }
}
