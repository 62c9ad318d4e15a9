package com.neuralrouter.server.store;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the volume of a database server is encrypted with AES-256, as the site attests it. A closed
 * set: what is not in it is not known to keep the promise.
 */
public enum VolumeEncryption {
    /** dm-crypt with a 512-bit key, which XTS splits in two. */
    LUKS2_AES_256_XTS("LUKS2 with aes-xts-plain64 and a 512-bit key"),
    /** A drive that encrypts itself (TCG Opal or Enterprise), locked when it is taken out. */
    SELF_ENCRYPTING_DRIVE("self-encrypting drives with AES-256"),
    /** Done by the storage system below the server. */
    STORAGE_ARRAY_AES_256("a storage system that encrypts with AES-256"),
    /** Done by the site's own virtualisation or private cloud. */
    VIRTUAL_VOLUME_AES_256("virtual volumes encrypted with AES-256 by the hypervisor"),
    /** Native encryption of the file system. */
    ZFS_AES_256_GCM("ZFS native encryption with aes-256-gcm");

    private final String words;

    VolumeEncryption(String words) {
        this.words = words;
    }

    /** What it is, for a person. */
    public String words() {
        return words;
    }

    /** As it is written in the configuration. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Every way in which it may be written, in the order of this enum. */
    public static List<String> keys() {
        return Arrays.stream(values()).map(VolumeEncryption::key).toList();
    }

    public static Optional<VolumeEncryption> of(String key) {
        return Arrays.stream(values()).filter(each -> each.key().equals(key)).findFirst();
    }
}
