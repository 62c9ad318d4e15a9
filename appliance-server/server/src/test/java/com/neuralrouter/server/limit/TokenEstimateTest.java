package com.neuralrouter.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;

class TokenEstimateTest {
    private static final String ENGLISH =
            "The appliance stands between a site's applications and its language models. ";
    private static final String CHINESE = "设备位于站点的应用程序与其语言模型之间。";

    /** What the estimate is of. */
    private static final Encoding PEER =
            Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);

    private static long of(String text) {
        return TokenEstimate.of(text.getBytes(UTF_8));
    }

    /** How many times as much as the vocabulary has. */
    private static double ratio(String text) {
        return of(text) / (double) PEER.countTokensOrdinary(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    English | The appliance stands between a site's applications and its language models. Every request is authenticated.
                    German | Das Gerät steht zwischen den Anwendungen eines Standorts und dessen Sprachmodellen. Jede Anfrage wird geprüft.
                    French | L'appareil se trouve entre les applications d'un site et ses modèles de langage. Chaque requête est vérifiée.
                    Spanish | El aparato está entre las aplicaciones de una sede y sus modelos de lenguaje. Cada solicitud se comprueba.
                    Polish | Urządzenie stoi między aplikacjami zakładu a jego modelami językowymi. Każde żądanie jest sprawdzane.
                    Turkish | Cihaz, bir kuruluşun uygulamaları ile dil modelleri arasında durur. Her istek doğrulanır.
                    Finnish | Laite on toimipaikan sovellusten ja sen kielimallien välissä. Jokainen pyyntö tarkistetaan.
                    Vietnamese | Thiết bị nằm giữa các ứng dụng của một cơ sở và các mô hình ngôn ngữ của nó.
                    Russian | Устройство стоит между приложениями предприятия и его языковыми моделями. Каждый запрос проверяется.
                    Greek | Η συσκευή βρίσκεται ανάμεσα στις εφαρμογές ενός οργανισμού και στα γλωσσικά του μοντέλα.
                    Hebrew | המכשיר עומד בין היישומים של האתר לבין מודלי השפה שלו. כל בקשה מאומתת.
                    Arabic | يقف الجهاز بين تطبيقات الموقع ونماذج اللغة الخاصة به. يتم التحقق من كل طلب.
                    Hindi | यह उपकरण किसी संस्था के अनुप्रयोगों और उसके भाषा मॉडलों के बीच रहता है।
                    Thai | อุปกรณ์นี้อยู่ระหว่างแอปพลิเคชันของไซต์กับโมเดลภาษาของไซต์
                    Georgian | მოწყობილობა დგას საიტის აპლიკაციებსა და მის ენობრივ მოდელებს შორის.
                    Chinese | 设备位于站点的应用程序与其语言模型之间。每个请求都经过验证。
                    Japanese | この装置は、サイトのアプリケーションとその言語モデルの間にあります。
                    Korean | 이 장치는 사이트의 애플리케이션과 언어 모델 사이에 있습니다.
                    emoji | 👍🏽🙂🚀🎉🤖👍🏽🙂🚀🎉🤖
                    a chat | {"model":"local-chat","messages":[{"role":"system","content":"You are helpful."},{"role":"user","content":"Hello!"}],"stream":true}
                    """)
    void comesCloseToAVocabularyInAllScripts(String language, String text) {
        double ratio = ratio(text.repeat(20));

        System.out.printf("token estimate, %s: %.2f of cl100k_base%n", language, ratio);
        assertThat(ratio).isBetween(0.75, 1.75);
    }

    @Test
    void comesCloseToAVocabularyInProgramsAndNumbers() throws IOException {
        String program =
                Files.readString(
                        Path.of(
                                "src/main/java",
                                TokenEstimate.class.getName().replace('.', '/') + ".java"));
        var random = new Random(1);
        var numbers = new StringBuilder();
        random.ints(1_000, 0, 100_000).forEach(n -> numbers.append(n).append(", "));
        var hex = new StringBuilder();
        random.ints(1_000, 0x1000, 0xFFFF).forEach(n -> hex.append("%x ".formatted(n)));

        assertThat(ratio(program)).isBetween(1.0, 1.5);
        assertThat(ratio(numbers.toString())).isBetween(0.75, 1.3);
        assertThat(ratio(hex.toString())).isBetween(0.8, 1.5);
    }

    @Test
    void lettersThatAreWrittenAsNumbersCountAsLetters() {
        for (String text : new String[] {CHINESE, "Устройство", "größer"}) {
            var escaped = new StringBuilder();
            text.chars()
                    .forEach(c ->
                            escaped.append(
                                    c < 0x80 ? String.valueOf((char) c) : "\\u%04x".formatted(c)));

            assertThat(of(escaped.toString().repeat(50)))
                    .isCloseTo(of(text.repeat(50)), Percentage.withPercentage(5));
        }
    }

    @Test
    void anImageCountsAsAnImageNotAsText() {
        byte[] pixels = new byte[300_000];
        new Random(2).nextBytes(pixels);
        String image = Base64.getEncoder().encodeToString(pixels);
        String body = "{\"text\":\"" + ENGLISH + "\",\"url\":\"data:image/png;base64,%s\"}";

        assertThat(of(body.formatted(image))).isBetween(1_000L, 1_300L);
        // As PHP writes it.
        assertThat(of(body.formatted(image.replace("/", "\\/")))).isBetween(1_000L, 1_300L);
        assertThat(of(image)).isBetween(1_000L, 1_300L);
    }

    @Test
    void whatIsCutOffInTheMiddleIsCountedToo() {
        for (String end : new String[] {"", "\\", "\\u", "\\u12", "\\uzzzz", "\u00e4", "7", "-"}) {
            assertThat(of(end)).isBetween(1L, 5L);
        }
    }

    @Test
    void aLongTextIsCountedToItsEnd() {
        assertThat(of(ENGLISH.repeat(20_000)))
                .isCloseTo(100 * of(ENGLISH.repeat(200)), Percentage.withPercentage(2));
    }
}
