package com.neuralrouter.server.detect;

/** National numbers, and such as are wrong in one place. */
final class NationalSamples extends SampleText {
    NationalSamples(long seed) {
        super(seed);
    }

    /** A good number, or one that is wrong in its last place or in one before. */
    String of(String id, boolean good) {
        String number = completed(id, shape(id, good));
        return good || id.equals("us-ssn") ? spaced(id, number) : spaced(id, broken(number));
    }

    /** With its open places: {@code ?} a digit, {@code @} a letter, {@code *} either. */
    private String shape(String id, boolean good) {
        return switch (id) {
            case "de-tax-id" -> deTaxId();
            case "fr-nir" ->
                    pick("1", "2")
                            + digits(2, false)
                            + "0"
                            + digits(1, true)
                            + "75"
                            + digits(6, false)
                            + "??";
            case "es-dni" ->
                    pick(digits(8, false) + "@", pick("X", "Y", "Z") + digits(7, false) + "@");
            case "it-codice-fiscale" ->
                    chars(UPPER, 6)
                            + digits(2, false)
                            + pick("A", "B", "C", "D", "E", "H")
                            + "1"
                            + digits(1, false)
                            + chars(UPPER, 1)
                            + digits(3, false)
                            + "@";
            case "nl-bsn" -> digits(8, true) + "?";
            case "pl-pesel" ->
                    digits(2, false) + "0" + digits(1, true) + "1" + digits(5, false) + "?";
            case "be-national-number" ->
                    digits(2, false)
                            + "0"
                            + digits(1, true)
                            + "1"
                            + digits(1, false)
                            + digits(3, false)
                            + "??";
            default -> other(id, good);
        };
    }

    private String other(String id, boolean good) {
        return switch (id) {
            case "uk-nhs" -> digits(9, true) + "?";
            case "se-personnummer" ->
                    digits(2, false)
                            + "0"
                            + digits(1, true)
                            + "1"
                            + digits(1, false)
                            + "-"
                            + digits(3, false)
                            + "?";
            case "fi-hetu" ->
                    "1"
                            + digits(1, false)
                            + "0"
                            + digits(1, true)
                            + digits(2, false)
                            + pick("-", "+", "A")
                            + digits(3, false)
                            + "*";
            case "ch-ahv" -> "756" + digits(9, false) + "?";
            case "br-cpf" -> digits(9, true) + "??";
            case "cn-resident-number" ->
                    "110105"
                            + "19"
                            + digits(2, false)
                            + "0"
                            + digits(1, true)
                            + "1"
                            + digits(1, false)
                            + digits(3, false)
                            + "x";
            case "in-aadhaar" -> "2" + digits(10, true) + "?";
            case "us-ssn" ->
                    good
                            ? "5"
                                    + digits(2, false)
                                    + "-"
                                    + "2"
                                    + digits(1, false)
                                    + "-1"
                                    + digits(3, false)
                            : pick(
                                    "000-12-3456",
                                    "666-12-3456",
                                    "9" + digits(2, false) + "-12-3456",
                                    digits(4, true));
            default -> throw new IllegalArgumentException(id);
        };
    }

    /** Tries what can stand in the open places until the published rule holds. */
    private String completed(String id, String shape) {
        String tried = shape.endsWith("??") ? "?" : "";
        if (!tried.isEmpty()) {
            for (int i = 0; i < 100; i++) {
                String number = shape.replace("??", "%02d".formatted(i));
                if (PublishedRules.holds(id, number)) {
                    return number;
                }
            }
            return completed(id, digits(1, true) + shape.substring(1));
        }
        String last = shape.substring(0, shape.length() - 1);
        String choices =
                switch (shape.charAt(shape.length() - 1)) {
                    case '?' -> DIGITS;
                    case '@' -> UPPER;
                    case '*' -> DIGITS + UPPER;
                    case 'x' -> DIGITS + "X";
                    default -> "";
                };
        if (choices.isEmpty()) {
            return shape;
        }
        for (char c : choices.toCharArray()) {
            if (PublishedRules.holds(id, last + c)) {
                return last + c;
            }
        }
        int middle = shape.length() / 2;
        char other = DIGITS.charAt(random.nextInt(10));
        boolean digit = Character.isDigit(shape.charAt(middle));
        return completed(
                id,
                digit ? shape.substring(0, middle) + other + shape.substring(middle + 1) : shape);
    }

    private String spaced(String id, String number) {
        return switch (id) {
            case "br-cpf" ->
                    pick(
                            number,
                            number.length() == 11
                                    ? number.substring(0, 3)
                                            + "."
                                            + number.substring(3, 6)
                                            + "."
                                            + number.substring(6, 9)
                                            + "-"
                                            + number.substring(9)
                                    : number);
            case "de-tax-id", "uk-nhs", "in-aadhaar" -> grouped(number, random.nextInt(3, 5));
            case "ch-ahv" ->
                    pick(
                            number,
                            number.substring(0, 3)
                                    + "."
                                    + number.substring(3, 7)
                                    + "."
                                    + number.substring(7, 11)
                                    + "."
                                    + number.substring(11));
            default -> number;
        };
    }

    private String deTaxId() {
        String digits;
        do {
            digits = digits(10, true);
        } while (!PublishedRules.deDigits(digits));
        return digits + "?";
    }
}
