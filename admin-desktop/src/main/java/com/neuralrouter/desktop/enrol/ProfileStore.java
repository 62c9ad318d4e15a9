package com.neuralrouter.desktop.enrol;

import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.certs.trust.PrivateFile;
import com.neuralrouter.desktop.client.Address;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Keeps profiles on disk, one folder each: {@code device.p12} with the key, {@code password} with
 * its random password, {@code root.pem}, and {@code profile.properties}.
 *
 * <p>All files are 0600 in a folder of 0700. The password lies beside the key store because there
 * is no keychain that every desktop has: who can read the user's files can use the key. The
 * enrolment screen says so. Blocking; not for the window's thread.
 */
public final class ProfileStore {
    private static final int PASSWORD_BYTES = 24;

    private final Path folder;
    private final SecureRandom random = new SecureRandom();

    /** In that folder, which is made when the first profile is saved. */
    public ProfileStore(Path folder) {
        this.folder = folder;
    }

    /** A folder in which there should be a profile, and why there is none. */
    public record Broken(Path folder, String reason) {}

    /** What is there. */
    public record Found(List<Profile> profiles, List<Broken> broken) {
        public Found {
            profiles = List.copyOf(profiles);
            broken = List.copyOf(broken);
        }
    }

    /** All profiles by name, and what can't be used. */
    public Found load() {
        var profiles = new ArrayList<Profile>();
        var broken = new ArrayList<Broken>();
        if (!Files.isDirectory(folder)) {
            return new Found(profiles, broken);
        }
        try (Stream<Path> folders = Files.list(folder)) {
            for (Path each : folders.filter(Files::isDirectory).sorted().toList()) {
                try {
                    profiles.add(read(each));
                } catch (IOException | IllegalArgumentException | CertificateProblem e) {
                    var said = e.getMessage();
                    broken.add(new Broken(each, said == null ? "unreadable" : said));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        profiles.sort(Comparator.comparing(Profile::name));
        return new Found(profiles, broken);
    }

    /** Keeps a new identity; one that was kept for the same appliance is replaced. */
    public Profile save(EnrolmentFlow.Enrolled enrolled) {
        var target = folder.resolve(folderName(enrolled.admin()));
        var password = newPassword();
        try {
            PrivateFile.folder(target);
            PrivateFile.replace(
                    target.resolve("device.p12"), enrolled.identity().toPkcs12(password));
            PrivateFile.replace(target.resolve("password"), bytes(password));
            PrivateFile.replace(
                    target.resolve("root.pem"),
                    Pem.write(enrolled.root()).getBytes(StandardCharsets.US_ASCII));
            PrivateFile.replace(target.resolve("profile.properties"), properties(enrolled));
        } finally {
            Arrays.fill(password, '\0');
        }
        return new Profile(
                enrolled.applianceName(),
                enrolled.admin(),
                enrolled.identity(),
                enrolled.root(),
                target.resolve("device.p12"));
    }

    /** Deletes the profile's key and all that belongs to it. */
    public void forget(Profile profile) {
        var target = profile.keyStore().toAbsolutePath().getParent();
        if (target == null || !folder.toAbsolutePath().equals(target.getParent())) {
            throw new IllegalArgumentException("not a profile of this store: " + profile.name());
        }
        try (Stream<Path> files = Files.list(target)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
            Files.delete(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Profile read(Path from) throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(Files.readString(from.resolve("profile.properties"))));
        var name = properties.getProperty("name", "");
        var admin =
                new Address(
                        properties.getProperty("host", ""),
                        Integer.parseInt(properties.getProperty("port", "0")));
        return KeyStoreFiles.profile(
                name,
                admin,
                new KeyStoreFiles(
                        from.resolve("device.p12"),
                        from.resolve("password"),
                        from.resolve("root.pem")));
    }

    private static byte[] properties(EnrolmentFlow.Enrolled enrolled) {
        var properties = new Properties();
        properties.setProperty("name", enrolled.applianceName());
        properties.setProperty("host", enrolled.admin().host());
        properties.setProperty("port", Integer.toString(enrolled.admin().port()));
        var text = new StringWriter();
        try {
            properties.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Readable, and the same for the same appliance; a host's name can't leave the folder. */
    public static String folderName(Address admin) {
        return admin.toString().replaceAll("[^A-Za-z0-9.-]", "_").replaceAll("^\\.+", "_");
    }

    private char[] newPassword() {
        var bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        var text = Base64.getUrlEncoder().withoutPadding().encode(bytes);
        Arrays.fill(bytes, (byte) 0);
        var password = new char[text.length];
        for (int i = 0; i < text.length; i++) {
            password[i] = (char) text[i];
        }
        Arrays.fill(text, (byte) 0);
        return password;
    }

    private static byte[] bytes(char[] ascii) {
        var buffer = StandardCharsets.US_ASCII.encode(CharBuffer.wrap(ascii));
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
