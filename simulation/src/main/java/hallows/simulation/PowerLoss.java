package hallows.simulation;

import hallows.runtime.Dice;
import java.util.ArrayList;
import java.util.List;

/// Which of the unflushed changes a power loss keeps: each whole, in part, or not at all.
final class PowerLoss {
    private static final int SECTOR_BYTES = 512;

    private final Simulation simulation;
    private final String node;
    private final Dice dice;
    private final Mood mood;

    PowerLoss(Simulation simulation, String node, Dice dice) {
        this.simulation = simulation;
        this.node = node;
        this.dice = dice;
        this.mood = Mood.values()[dice.below(Mood.values().length)];
    }

    /// Whether a change of names is kept.
    boolean keepsName() {
        boolean keeps = keeps();
        if (!keeps) {
            simulation.mishap(Mishap.NAME_UNDONE, node);
        }
        return keeps;
    }

    /// What is kept of a file's changes, in order. A lost cut takes all later changes along: file
    /// systems keep the order of sizes.
    List<Change> decide(List<Change> unflushed) {
        List<Change> kept = new ArrayList<>();
        boolean lost = false;
        for (Change change : unflushed) {
            boolean keeps = keeps();
            if (!keeps) {
                simulation.mishap(Mishap.WRITE_LOST, node);
                lost = true;
            } else {
                if (lost) {
                    simulation.mishap(Mishap.WRITE_REORDERED, node);
                }
                keepSomeOf(change, kept);
            }
            if (!keeps && change instanceof Change.Cut) {
                break;
            }
        }
        return kept;
    }

    private boolean keeps() {
        return switch (mood) {
            case LOSES_ALL -> false;
            case KEEPS_ALL -> true;
            case MIXED -> dice.oneIn(2);
        };
    }

    private void keepSomeOf(Change change, List<Change> kept) {
        if (change instanceof Change.Write write && mood == Mood.MIXED && dice.oneIn(2)) {
            simulation.mishap(Mishap.WRITE_TORN, node);
            if (dice.oneIn(2)) {
                tearAtByte(write, kept);
            } else {
                tearAtSectors(write, kept);
            }
        } else {
            kept.add(change);
        }
    }

    private void tearAtByte(Change.Write write, List<Change> kept) {
        int length = write.length();
        int tear = dice.below(length + 1);
        kept.add(dice.oneIn(4) ? write.part(tear, length) : write.part(0, tear));
    }

    private void tearAtSectors(Change.Write write, List<Change> kept) {
        int length = write.length();
        int from = 0;
        while (from < length) {
            long inSector = (write.position() + from) % SECTOR_BYTES;
            int to = (int) Math.min(length, from + SECTOR_BYTES - inSector);
            if (dice.oneIn(2)) {
                kept.add(write.part(from, to));
            }
            from = to;
        }
    }

    private enum Mood {
        LOSES_ALL,
        KEEPS_ALL,
        MIXED
    }
}
