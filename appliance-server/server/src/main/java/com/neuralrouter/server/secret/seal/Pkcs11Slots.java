package com.neuralrouter.server.secret.seal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds a token by its label, which Java's provider can't: it knows slots by number, and some
 * libraries number them anew. Calls the library itself (PKCS #11 Specification 3.1, OASIS: sections
 * 5.4 and 5.5; the layouts are those of 64-bit Linux, where {@code CK_ULONG} has eight bytes).
 */
final class Pkcs11Slots {
    private static final long OK = 0;
    private static final long ALREADY_INITIALIZED = 0x191;
    private static final long OS_LOCKING = 2;

    /** Places in {@code CK_FUNCTION_LIST}, which begins with a version padded to eight bytes. */
    private static final int INITIALIZE = 0;

    private static final int GET_SLOT_LIST = 4;
    private static final int GET_TOKEN_INFO = 6;
    private static final int FUNCTIONS = 8;

    private static final int LABEL_BYTES = 32;
    private static final int TOKEN_INFO_BYTES = 256;
    private static final long MOST_SLOTS = 4096;

    private final MemorySegment functions;
    private final Arena arena;

    private Pkcs11Slots(MemorySegment functions, Arena arena) {
        this.functions = functions;
        this.arena = arena;
    }

    /** The slot of the one token with that label; throws {@link SealRefused} for none or more. */
    static long withToken(Path library, String label) {
        try (Arena arena = Arena.ofConfined()) {
            List<Long> found = opened(library, arena).slots(label);
            if (found.size() != 1) {
                throw new SealRefused(
                        found.isEmpty()
                                ? "The HSM has no token with the label '%s': is it plugged in, and its service running?"
                                        .formatted(label)
                                : "The HSM has %d tokens with the label '%s'; name the slot instead."
                                        .formatted(found.size(), label));
            }
            return found.getFirst();
        }
    }

    /** The library is never unloaded: it may have threads of its own by then. */
    @SuppressWarnings("restricted") // native code is what an HSM's library is
    private static Pkcs11Slots opened(Path library, Arena arena) {
        MemorySegment getFunctionList;
        try {
            getFunctionList =
                    SymbolLookup.libraryLookup(library, Arena.global())
                            .find("C_GetFunctionList")
                            .orElseThrow(() -> noLibrary(library));
        } catch (IllegalArgumentException _) {
            throw noLibrary(library);
        }
        MemorySegment pointer = arena.allocate(ValueLayout.ADDRESS);
        MethodHandle get =
                Linker.nativeLinker()
                        .downcallHandle(
                                getFunctionList,
                                FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
        check(call(get, pointer));
        MemorySegment functions =
                pointer.get(ValueLayout.ADDRESS, 0)
                        .reinterpret((1L + FUNCTIONS) * ValueLayout.ADDRESS.byteSize());
        Pkcs11Slots slots = new Pkcs11Slots(functions, arena);
        slots.initialize();
        return slots;
    }

    /** Once for each process; the Java provider accepts that it was done before. */
    private void initialize() {
        MemorySegment arguments = arena.allocate(48, 8);
        arguments.set(ValueLayout.JAVA_LONG, 32, OS_LOCKING);
        long answer = call(function(INITIALIZE, ValueLayout.ADDRESS), arguments);
        if (answer != ALREADY_INITIALIZED) {
            check(answer);
        }
    }

    private List<Long> slots(String label) {
        MethodHandle list =
                function(
                        GET_SLOT_LIST,
                        ValueLayout.JAVA_BYTE,
                        ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS);
        MethodHandle token = function(GET_TOKEN_INFO, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS);
        MemorySegment count = arena.allocate(ValueLayout.JAVA_LONG);
        check(call(list, (byte) 1, MemorySegment.NULL, count));
        long slots = Math.min(MOST_SLOTS, count.get(ValueLayout.JAVA_LONG, 0));
        MemorySegment ids = arena.allocate(ValueLayout.JAVA_LONG, Math.max(1, slots));
        count.set(ValueLayout.JAVA_LONG, 0, slots);
        check(call(list, (byte) 1, ids, count));

        List<Long> found = new ArrayList<>();
        MemorySegment about = arena.allocate(TOKEN_INFO_BYTES, 8);
        for (long i = 0; i < count.get(ValueLayout.JAVA_LONG, 0); i++) {
            long id = ids.getAtIndex(ValueLayout.JAVA_LONG, i);
            if (call(token, id, about) == OK && label(about).equals(label)) {
                found.add(id);
            }
        }
        return found;
    }

    /** The field is padded with blanks. */
    private static String label(MemorySegment about) {
        byte[] bytes = about.asSlice(0, LABEL_BYTES).toArray(ValueLayout.JAVA_BYTE);
        return new String(bytes, StandardCharsets.UTF_8).stripTrailing();
    }

    @SuppressWarnings("restricted")
    private MethodHandle function(int place, MemoryLayout... arguments) {
        MemorySegment address = functions.getAtIndex(ValueLayout.ADDRESS, 1L + place);
        return Linker.nativeLinker()
                .downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_LONG, arguments));
    }

    private static long call(MethodHandle function, Object... arguments) {
        try {
            return (long) function.invokeWithArguments(arguments);
        } catch (Throwable failure) { // what the signature says; a C function throws nothing
            throw new IllegalStateException("the HSM's library can't be called", failure);
        }
    }

    private static void check(long answer) {
        if (answer != OK) {
            throw new SealRefused(
                    "The HSM's library answers CKR 0x%x; look at its configuration and service."
                            .formatted(answer));
        }
    }

    private static SealRefused noLibrary(Path library) {
        return new SealRefused(
                "There is no PKCS#11 library of this machine's kind in %s.".formatted(library));
    }
}
