package hallows.simulation;

import hallows.runtime.FileRegion;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Region;
import hallows.runtime.Result;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The regions a program has written to a link and the host has not taken yet.
final class Outgoing {
    private final ArrayDeque<Region> regions = new ArrayDeque<>();
    private long taken;
    private long bytes;

    boolean isEmpty() {
        return regions.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    void add(Region region) {
        regions.add(region);
        bytes += region.length();
    }

    /// Takes at most so many bytes of the first region, and releases it with its last byte; null
    /// when its file cannot be read.
    byte @Nullable [] take(int most) {
        Region first = regions.element();
        int count = (int) Math.min(most, first.length() - taken);
        byte[] chunk = new byte[count];
        boolean whole =
                switch (first) {
                    case MemoryRegion memory -> copy(memory, chunk);
                    case FileRegion file -> read(file, chunk);
                };
        if (!whole) {
            return null;
        }
        taken += count;
        bytes -= count;
        if (taken == first.length()) {
            taken = 0;
            regions.remove();
            first.release();
        }
        return chunk;
    }

    /// Gives all back unsent.
    void releaseAll() {
        bytes = 0;
        taken = 0;
        while (!regions.isEmpty()) {
            regions.remove().release();
        }
    }

    private boolean copy(MemoryRegion from, byte[] into) {
        MemorySegment.copy(from.memory(), ValueLayout.JAVA_BYTE, taken, into, 0, into.length);
        return true;
    }

    private boolean read(FileRegion from, byte[] into) {
        return from.file().read(from.position() + taken, ByteBuffer.wrap(into))
                        instanceof Result.Ok<Integer>(Integer count)
                && count == into.length;
    }
}
