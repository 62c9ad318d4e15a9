package com.neuralrouter.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Linux says about the block device below a folder: which device is mounted where (proc(5),
 * {@code /proc/self/mountinfo}) and what device-mapper made of it (the kernel's {@code
 * ABI/testing/sysfs-block-dm}). It needs no privilege; the key's length it does not tell.
 */
final class BlockDevices {
    /** How cryptsetup names what it maps; the rest is the volume's own id. */
    private static final String LUKS2 = "CRYPT-LUKS2-";

    private final Path mountInfo;
    private final Path sys;

    BlockDevices(Path mountInfo, Path sys) {
        this.mountInfo = mountInfo;
        this.sys = sys;
    }

    /**
     * Whether all that is written to the folder goes through LUKS2. False also where that can't be
     * seen: on other systems, in a container, on a network file system.
     */
    boolean isOnLuks2(Path folder) {
        try {
            String device = "";
            int longest = -1;
            for (String line : Files.readAllLines(mountInfo)) {
                String[] fields = line.split(" ");
                Path mounted = Path.of(fields[4].replace("\\040", " "));
                if (folder.startsWith(mounted) && mounted.getNameCount() >= longest) {
                    longest = mounted.getNameCount();
                    device = fields[2];
                }
            }
            return !device.isEmpty() && isLuks2(sys.resolve("dev/block").resolve(device));
        } catch (IOException _) {
            return false;
        }
    }

    /** A device of a volume group is as good as the worst of those below it. */
    private static boolean isLuks2(Path device) throws IOException {
        Path uuid = device.resolve("dm/uuid");
        if (Files.exists(uuid) && Files.readString(uuid).startsWith(LUKS2)) {
            return true;
        }
        Path slaves = device.resolve("slaves");
        if (!Files.isDirectory(slaves)) {
            return false;
        }
        try (Stream<Path> below = Files.list(slaves)) {
            List<Path> all = below.toList();
            for (Path each : all) {
                if (!isLuks2(each)) {
                    return false;
                }
            }
            return !all.isEmpty();
        }
    }
}
