package hallows.simulation;

import hallows.runtime.Dice;
import hallows.runtime.Fault;
import hallows.runtime.Written;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides how each call to one machine's disk goes: by what a test has arranged, then by chance.
final class DiskFate {
    private final Simulation simulation;
    private final String node;
    private final Platter platter;
    private final Dice dice;
    private final Dice memoryDice;
    private final Map<DiskCall, Integer> failing = new EnumMap<>(DiskCall.class);
    private final List<Rot> rotten = new ArrayList<>();

    DiskFate(SimNode node, Platter platter) {
        this.simulation = node.simulation();
        this.node = node.name();
        this.platter = platter;
        this.dice = simulation.dice(node.name() + " disk");
        this.memoryDice = simulation.dice(node.name() + " page cache");
    }

    void failNext(DiskCall call) {
        failing.merge(call, 1, Integer::sum);
    }

    void rot(Rot rot) {
        rotten.add(rot);
    }

    void heal() {
        rotten.clear();
        failing.clear();
    }

    /// How much of a write succeeds that makes its file `more` bytes longer.
    Written write(Path path, int asked, long more) {
        DiskFaults faults = simulation.faults().disk();
        if (arranged(DiskCall.WRITE) || Faults.strike(dice, faults.writeFails())) {
            simulation.mishap(Mishap.WRITE_FAILED, node);
            int some = dice.oneIn(2) ? 0 : dice.below(asked + 1);
            return new Written(some, ioError(path, "write"));
        }
        long missing = Math.max(0, more - platter.freeBytes());
        if (missing == 0 && Faults.strike(dice, faults.writeShort())) {
            missing = 1L + dice.below(Math.max(1, asked));
        }
        if (missing == 0 || asked == 0) {
            return new Written(asked, null);
        }
        simulation.mishap(Mishap.NO_SPACE, node);
        return new Written((int) Math.max(0, asked - missing), noSpace(path));
    }

    /// Whether what somebody wants to read is in the machine's memory: mostly.
    boolean isInMemory() {
        return !memoryDice.oneIn(4);
    }

    @Nullable Fault read(Path path) {
        if (arranged(DiskCall.READ)
                || Faults.strike(dice, simulation.faults().disk().readFails())) {
            simulation.mishap(Mishap.READ_FAILED, node);
            return ioError(path, "read");
        }
        return null;
    }

    /// How a call goes that neither reads nor writes nor flushes.
    @Nullable Fault other(DiskCall call, Path path) {
        if (arranged(call) || Faults.strike(dice, simulation.faults().disk().callFails())) {
            simulation.mishap(Mishap.CALL_FAILED, node);
            return ioError(path, call.words());
        }
        return null;
    }

    /// Whether there is room for more.
    @Nullable Fault room(Path path, long more) {
        if (more <= platter.freeBytes()) {
            return null;
        }
        simulation.mishap(Mishap.NO_SPACE, node);
        return noSpace(path);
    }

    Span flushTakes() {
        DiskFaults faults = simulation.faults().disk();
        if (Faults.strike(dice, faults.flushSlow())) {
            simulation.mishap(Mishap.FLUSH_SLOW, node);
            return faults.slow();
        }
        return faults.flush();
    }

    /// How a flush goes, of a file or of all.
    @Nullable Fault flush(DiskCall call, Path path) {
        if (arranged(call) || Faults.strike(dice, simulation.faults().disk().flushFails())) {
            simulation.mishap(Mishap.FLUSH_FAILED, node);
            return ioError(path, call.words());
        }
        return null;
    }

    /// What a failed flush does to what it was to keep.
    void drop(StoredFile file, long through) {
        if (file.keepSome(through, dice)) {
            simulation.mishap(Mishap.DIRTY_DROPPED, node);
        }
    }

    /// Turns one bit of what was read over where the disk is rotten.
    void flip(Path path, long position, ByteBuffer read) {
        for (Rot rot : rotten) {
            long from = Math.max(rot.from(), position);
            long to = Math.min(rot.to(), position + read.limit());
            if (rot.path().equals(path) && from < to) {
                int at = (int) (from - position) + dice.below((int) (to - from));
                read.put(at, (byte) (read.get(at) ^ (1 << dice.below(8))));
                simulation.mishap(Mishap.BIT_FLIPPED, node);
            }
        }
    }

    private boolean arranged(DiskCall call) {
        int left = failing.getOrDefault(call, 0);
        failing.put(call, Math.max(0, left - 1));
        return left > 0;
    }

    private static Fault ioError(Path path, String call) {
        return new Fault(Fault.Kind.IO_ERROR, path + ": input/output error in " + call);
    }

    private static Fault noSpace(Path path) {
        return new Fault(Fault.Kind.NO_SPACE, path + ": no space left on the disk");
    }

    /// A range of a file that reads badly.
    ///
    /// @param path the file
    /// @param from its first byte
    /// @param to the byte behind its last
    record Rot(Path path, long from, long to) {}
}
