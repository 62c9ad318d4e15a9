package com.neuralrouter.server.detect;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A number's own proof that it was not written at random: its check digits, as its publisher
 * defines them. Each says no to what it can't read.
 */
enum Check {
    /** There is none. */
    NONE((_, _) -> true),
    /** ISO/IEC 7812-1, annex B. */
    LUHN((number, length) ->
            NationalChecks.luhn(number, 0, length) && !NationalChecks.allSame(number, length)),
    /** ISO 13616-1: ISO/IEC 7064 MOD 97-10 over the number with its first four at the end. */
    IBAN((number, length) -> length > 4 && NationalChecks.mod97(number, length) == 1),
    /**
     * Germany's tax identification number: ISO/IEC 7064 MOD 11,10; one digit there twice or thrice.
     */
    DE_TAX_ID((number, _) -> NationalChecks.deTaxId(number)),
    /** France's NIR: 97 less the number modulo 97. */
    FR_NIR((number, _) -> NationalChecks.frNir(number)),
    /** Spain's DNI and NIE: a letter for the number modulo 23. */
    ES_DNI(NationalChecks::esDni),
    /** Italy's codice fiscale (decree of 23 December 1976, article 12). */
    IT_CODE((number, _) -> NationalChecks.itCode(number)),
    /** The Netherlands' BSN: the eleven test. */
    NL_BSN((number, length) ->
            NationalChecks.weighted(number, new int[] {9, 8, 7, 6, 5, 4, 3, 2, -1}) % 11 == 0
                    && !NationalChecks.allSame(number, length)),
    /** Poland's PESEL. */
    PL_PESEL((number, _) ->
            NationalChecks.weighted(number, new int[] {1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1}) % 10 == 0
                    && NationalChecks.plDate(number)),
    /** Belgium's national number: 97 less the rest by 97, with a 2 in front since 2000. */
    BE_NUMBER((number, _) -> NationalChecks.beNumber(number)),
    /** England's NHS number: modulo 11. */
    UK_NHS((number, length) ->
            NationalChecks.weighted(number, new int[] {10, 9, 8, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0
                    && !NationalChecks.allSame(number, length)),
    /** Sweden's personnummer: Luhn over the last ten digits, and a date. */
    SE_NUMBER(NationalChecks::seNumber),
    /** Finland's HETU: a character for the digits modulo 31, and a date. */
    FI_HETU((number, _) -> NationalChecks.fiHetu(number)),
    /** Switzerland's AHV number: EAN-13. */
    CH_AHV((number, _) ->
            NationalChecks.weighted(number, new int[] {1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1}) % 10
                    == 0),
    /** Brazil's CPF: two digits modulo 11. */
    BR_CPF(NationalChecks::brCpf),
    /** China's resident number: ISO/IEC 7064 MOD 11-2, and a date. */
    CN_NUMBER((number, _) -> NationalChecks.cnNumber(number)),
    /** India's Aadhaar: Verhoeff. */
    IN_AADHAAR(NationalChecks::verhoeff),
    /** The United States' SSN has no check digit, but numbers that were never given. */
    US_SSN(NationalChecks::usSsn),
    /** RFC 7519: the part before the first dot is a JSON object that names an algorithm. */
    JWT(Check::isToken);

    private final Rule rule;

    Check(Rule rule) {
        this.rule = rule;
    }

    @FunctionalInterface
    private interface Rule {
        boolean holds(char[] number, int length);
    }

    /**
     * @param number without separators, letters in upper case where a number is checked; the first
     *     {@code length} characters are looked at
     */
    boolean passes(char[] number, int length) {
        return rule.holds(number, length);
    }

    private static boolean isToken(char[] text, int length) {
        String token = new String(text, 0, length);
        int dot = token.indexOf('.');
        try {
            byte[] header = Base64.getUrlDecoder().decode(token.substring(0, Math.max(0, dot)));
            return new String(header, StandardCharsets.UTF_8).contains("\"alg\"");
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
