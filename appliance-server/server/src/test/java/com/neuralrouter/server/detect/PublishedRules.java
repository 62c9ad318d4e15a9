package com.neuralrouter.server.detect;

import java.math.BigInteger;

/**
 * The rules for check digits once more, written from their publication and not from the detectors:
 * samples are labelled by these.
 */
final class PublishedRules {
    private PublishedRules() {}

    static boolean holds(String id, String number) {
        String digits = number.replaceAll("[^0-9]", "");
        return switch (id) {
            case "de-tax-id" -> deTaxId(number);
            case "fr-nir" ->
                    Long.parseLong(number.substring(0, 13)) % 97
                                    + Long.parseLong(number.substring(13))
                            == 97;
            case "es-dni" -> {
                String n =
                        number.substring(0, number.length() - 1)
                                .replace('X', '0')
                                .replace('Y', '1')
                                .replace('Z', '2');
                yield "TRWAGMYFPDXBNJZSQVHLCKE".charAt(Integer.parseInt(n) % 23)
                        == number.charAt(number.length() - 1);
            }
            case "it-codice-fiscale" -> itCode(number);
            case "nl-bsn" ->
                    sum(number.substring(0, 8), 9, 8, 7, 6, 5, 4, 3, 2) % 11
                            == number.charAt(8) - '0';
            case "pl-pesel" ->
                    (10 - sum(number, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3) % 10) % 10
                            == number.charAt(10) - '0';
            case "be-national-number" ->
                    97 - Long.parseLong(number.substring(0, 9)) % 97
                            == Long.parseLong(number.substring(9));
            case "uk-nhs" ->
                    (11 - sum(number, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11) % 11
                            == number.charAt(9) - '0';
            case "se-personnummer" -> luhn(digits);
            case "fi-hetu" ->
                    "0123456789ABCDEFHJKLMNPRSTUVWXY"
                                    .charAt(
                                            (int)
                                                    (Long.parseLong(
                                                                    number.substring(0, 6)
                                                                            + number.substring(
                                                                                    7, 10))
                                                            % 31))
                            == number.charAt(10);
            case "ch-ahv" ->
                    (10 - sum(number, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3) % 10) % 10
                            == number.charAt(12) - '0';
            case "br-cpf" -> cpf(number);
            case "cn-resident-number" ->
                    "10X98765432"
                                    .charAt(
                                            sum(
                                                            number, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3,
                                                            7, 9, 10, 5, 8, 4, 2)
                                                    % 11)
                            == number.charAt(17);
            case "in-aadhaar" -> verhoeff(number);
            default -> throw new IllegalArgumentException(id);
        };
    }

    static boolean luhn(String number) {
        int sum = 0;
        for (int i = 0; i < number.length(); i++) {
            int digit = number.charAt(number.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? digit : digit * 2 / 10 + digit * 2 % 10;
        }
        return sum % 10 == 0;
    }

    static boolean iban(String iban) {
        var value = new StringBuilder();
        for (char c : (iban.substring(4) + iban.substring(0, 4)).toCharArray()) {
            value.append(Character.getNumericValue(c));
        }
        return new BigInteger(value.toString()).mod(BigInteger.valueOf(97)).intValue() == 1;
    }

    /** One digit occurs twice or three times, the others at most once. */
    static boolean deDigits(String ten) {
        int repeated = 0;
        for (char c = '0'; c <= '9'; c++) {
            char digit = c;
            long times = ten.chars().filter(each -> each == digit).count();
            if (times > 3) {
                return false;
            }
            repeated += times > 1 ? 1 : 0;
        }
        return repeated == 1;
    }

    private static boolean deTaxId(String number) {
        int m = 10;
        for (int i = 0; i < 10; i++) {
            int s = (number.charAt(i) - '0' + m) % 10;
            m = 2 * (s == 0 ? 10 : s) % 11;
        }
        int check = 11 - m;
        return (check == 10 ? 0 : check) == number.charAt(10) - '0';
    }

    private static boolean itCode(String code) {
        int[] odd = {
            1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25,
            24, 23
        };
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            int value =
                    Character.isDigit(code.charAt(i)) ? code.charAt(i) - '0' : code.charAt(i) - 'A';
            sum += i % 2 == 0 ? odd[value] : value;
        }
        return 'A' + sum % 26 == code.charAt(15);
    }

    private static boolean cpf(String number) {
        int one = sum(number, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
        int two = sum(number, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
        return (one < 2 ? 0 : 11 - one) == number.charAt(9) - '0'
                && (two < 2 ? 0 : 11 - two) == number.charAt(10) - '0';
    }

    /** By the group D5 itself, not by tables: a digit below 5 turns, one from 5 on turns over. */
    private static boolean verhoeff(String number) {
        int check = 0;
        for (int i = 0; i < number.length(); i++) {
            int digit = number.charAt(number.length() - 1 - i) - '0';
            for (int times = 0; times < i % 8; times++) {
                digit = new int[] {1, 5, 7, 6, 2, 8, 3, 0, 9, 4}[digit];
            }
            check = d5(check, digit);
        }
        return check == 0;
    }

    private static int d5(int a, int b) {
        if (a < 5) {
            return b < 5 ? (a + b) % 5 : 5 + (a + b) % 5;
        }
        return b < 5 ? 5 + Math.floorMod(a - b, 5) : Math.floorMod(a - b, 5);
    }

    private static int sum(String number, int... weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += (number.charAt(i) - '0') * weights[i];
        }
        return sum;
    }
}
