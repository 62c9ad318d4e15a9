package com.neuralrouter.server.detect;

import java.util.Arrays;

/** The arithmetic of {@link Check}. Shapes have made sure of lengths, and of what is a digit. */
final class NationalChecks {
    private static final String DNI = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String HETU = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    private static final String MOD_11_2 = "10X98765432";
    private static final int[] CN_WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final int[] IT_ODD = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };
    private static final String[] VERHOEFF_D = {
        "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
        "5987604321", "6598710432", "7659821043", "8765932104", "9876543210"
    };
    private static final String[] VERHOEFF_P = {
        "0123456789", "1576283094", "5803796142", "8916043527",
        "9453126870", "4286573901", "2793806415", "7046913258"
    };

    private NationalChecks() {}

    static boolean luhn(char[] number, int from, int to) {
        int sum = 0;
        boolean twice = false;
        for (int i = to - 1; i >= from; i--) {
            int digit = number[i] - '0';
            if (twice) {
                digit *= 2;
                if (digit > 9) {
                    digit -= 9;
                }
            }
            sum += digit;
            twice = !twice;
        }
        return sum % 10 == 0;
    }

    static boolean allSame(char[] number, int length) {
        for (int i = 1; i < length; i++) {
            if (number[i] != number[0]) {
                return false;
            }
        }
        return true;
    }

    /** Of the number with its first four characters at its end, letters from A = 10. */
    static int mod97(char[] number, int length) {
        int rest = 0;
        for (int i = 0; i < length; i++) {
            int value = Character.digit(number[(i + 4) % length], 36);
            rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
        }
        return rest;
    }

    static int weighted(char[] number, int[] weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += (number[i] - '0') * weights[i];
        }
        return sum;
    }

    static long value(char[] number, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + (number[i] - '0');
        }
        return value;
    }

    static boolean deTaxId(char[] number) {
        int product = 10;
        int[] seen = new int[10];
        for (int i = 0; i < 10; i++) {
            int digit = number[i] - '0';
            seen[digit]++;
            int sum = (digit + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        int check = (11 - product) % 10;
        long repeated = Arrays.stream(seen).filter(times -> times > 1).count();
        int most = Arrays.stream(seen).max().orElse(0);
        return check == number[10] - '0' && repeated == 1 && most <= 3;
    }

    static boolean frNir(char[] number) {
        long value = 0;
        for (int i = 0; i < 13; i++) {
            // Corsica's departments 2A and 2B count as 19 and 18.
            int digit = number[i] == 'A' ? 9 : number[i] == 'B' ? 8 : number[i] - '0';
            boolean corsica = i == 5 && number[6] >= 'A';
            value = value * 10 + (corsica ? 1 : digit);
        }
        return 97 - value % 97 == value(number, 13, 15);
    }

    static boolean esDni(char[] number, int length) {
        long value =
                switch (number[0]) {
                    case 'X' -> value(number, 1, length - 1);
                    case 'Y' -> 10_000_000 + value(number, 1, length - 1);
                    case 'Z' -> 20_000_000 + value(number, 1, length - 1);
                    default -> value(number, 0, length - 1);
                };
        return DNI.charAt((int) (value % 23)) == number[length - 1];
    }

    static boolean itCode(char[] number) {
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            int value = number[i] >= 'A' ? number[i] - 'A' : number[i] - '0';
            sum += i % 2 == 0 ? IT_ODD[value] : value;
        }
        return number[15] - 'A' == sum % 26;
    }

    static boolean plDate(char[] number) {
        // The month tells the century too: 81 to 92 are of the 19th, 21 to 32 of the 21st.
        int month = (int) (value(number, 2, 4) % 20);
        return isDay(month, value(number, 4, 6));
    }

    static boolean beNumber(char[] number) {
        long value = value(number, 0, 9);
        long check = value(number, 9, 11);
        boolean passes = 97 - value % 97 == check || 97 - (2_000_000_000L + value) % 97 == check;
        return passes && value(number, 2, 4) <= 12 && value(number, 4, 6) <= 31;
    }

    static boolean seNumber(char[] number, int length) {
        char[] digits = digits(number, length);
        int count = digits.length;
        int from = count - 10;
        return from >= 0
                && luhn(digits, from, count)
                // A coordination number has 60 more in its day.
                && isDay(
                        (int) value(digits, from + 2, from + 4),
                        value(digits, from + 4, from + 6) % 60);
    }

    static boolean fiHetu(char[] number) {
        long digits = value(number, 0, 6) * 1_000 + value(number, 7, 10);
        return HETU.charAt((int) (digits % 31)) == number[10]
                && isDay((int) value(number, 2, 4), value(number, 0, 2));
    }

    static boolean brCpf(char[] written, int length) {
        char[] number = digits(written, length);
        return !allSame(number, number.length)
                && cpfDigit(number, 9) == number[9] - '0'
                && cpfDigit(number, 10) == number[10] - '0';
    }

    private static int cpfDigit(char[] number, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += (number[i] - '0') * (count + 1 - i);
        }
        int rest = sum * 10 % 11;
        return rest == 10 ? 0 : rest;
    }

    static boolean cnNumber(char[] number) {
        int sum = weighted(number, CN_WEIGHTS);
        long year = value(number, 6, 10);
        return MOD_11_2.charAt(sum % 11) == number[17]
                && year >= 1880
                && year < 2100
                && isDay((int) value(number, 10, 12), value(number, 12, 14));
    }

    static boolean verhoeff(char[] number, int length) {
        int check = 0;
        for (int i = 0; i < length; i++) {
            int digit = VERHOEFF_P[i % 8].charAt(number[length - 1 - i] - '0') - '0';
            check = VERHOEFF_D[check].charAt(digit) - '0';
        }
        return check == 0 && !allSame(number, length);
    }

    static boolean usSsn(char[] number, int length) {
        char[] digits = digits(number, length);
        long area = value(digits, 0, 3);
        return area != 0
                && area != 666
                && area < 900
                && value(digits, 3, 5) != 0
                && value(digits, 5, 9) != 0;
    }

    private static char[] digits(char[] written, int length) {
        char[] digits = new char[length];
        int count = 0;
        for (int i = 0; i < length; i++) {
            if (written[i] >= '0' && written[i] <= '9') {
                digits[count++] = written[i];
            }
        }
        return Arrays.copyOf(digits, count);
    }

    private static boolean isDay(int month, long day) {
        return month >= 1 && month <= 12 && day >= 1 && day <= 31;
    }
}
