package hallows.log;

import hallows.simulation.DiskFaults;
import hallows.simulation.SeededDice;
import hallows.simulation.SimNode;
import hallows.simulation.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// A disk that is full for a while, and one that reads some file wrong for a while.
final class DiskTroubles {
    private static final int ROOM_BYTES_MOST = 30_000;
    private static final int MILLIS_MOST = 60;

    /// The index of aborted transactions is none of them: in Kafka's format nothing in it tells a
    /// wrong bit from a right one.
    private static final List<LogFileName.Kind> ROTTEN =
            List.of(
                    LogFileName.Kind.RECORDS,
                    LogFileName.Kind.OFFSET_INDEX,
                    LogFileName.Kind.TIME_INDEX,
                    LogFileName.Kind.SNAPSHOT);

    private final Simulation simulation;
    private final SimNode machine;
    private final SeededDice dice;
    private final Function<LogFileName.Kind, Path> files;
    private int underway;

    /// @param files any file of a kind
    DiskTroubles(Simulation simulation, SimNode machine, Function<LogFileName.Kind, Path> files) {
        this.simulation = simulation;
        this.machine = machine;
        this.dice = simulation.dice("disk troubles");
        this.files = files;
    }

    /// More of what a disk can do than others need.
    static DiskFaults rough(double flushFails) {
        return new DiskFaults(
                0.002,
                0.01,
                0.02,
                flushFails,
                0.004,
                DiskFaults.ALL.flush(),
                DiskFaults.ALL.flushSlow(),
                DiskFaults.ALL.slow());
    }

    /// Whether there are none any more.
    boolean isCalm() {
        return underway == 0;
    }

    /// From now on it is full, or soon will be.
    void fill() {
        machine.disk().capacity(dice.below(ROOM_BYTES_MOST));
    }

    void fill(int times) {
        repeat(times, this::fill, () -> machine.disk().capacity(Long.MAX_VALUE));
    }

    void rot(int times) {
        repeat(times, this::rot, () -> machine.disk().heal());
    }

    /// A file reads wrong from now on, for a while.
    void rotNow(Path file) {
        underway++;
        machine.disk().flipReads(file, 0, Long.MAX_VALUE);
        after(() -> {
            machine.disk().heal();
            underway--;
        });
    }

    private void rot() {
        LogFileName.Kind kind = ROTTEN.get(dice.oneIn(2) ? 0 : dice.below(ROTTEN.size()));
        machine.disk().flipReads(files.apply(kind), 0, Long.MAX_VALUE);
    }

    private void repeat(int times, Runnable worse, Runnable better) {
        if (times > 0) {
            underway++;
            after(() -> {
                worse.run();
                after(() -> {
                    better.run();
                    underway--;
                    repeat(times - 1, worse, better);
                });
            });
        }
    }

    private void after(Runnable act) {
        simulation.after(Duration.ofMillis(1 + dice.below(MILLIS_MOST)), act);
    }
}
