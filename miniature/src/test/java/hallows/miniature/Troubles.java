package hallows.miniature;

import hallows.runtime.World;
import hallows.simulation.SeededDice;
import hallows.simulation.SimDisk;
import hallows.simulation.SimNode;
import hallows.simulation.Simulation;
import java.nio.file.Path;
import java.time.Duration;

/// What befalls a machine beside the faults of every call: it ends and begins again, its disk is
/// full for a while, its disk reads wrong for a while.
final class Troubles {
    private static final int ENDS_MOST = 3;
    private static final int DISK_BYTES = 20_000;

    private final Simulation simulation;
    private final SimNode machine;
    private final SeededDice dice;
    private final Program program;
    private int left;

    Troubles(Simulation simulation, SimNode machine, Program program) {
        this.simulation = simulation;
        this.machine = machine;
        this.program = program;
        this.dice = simulation.dice("troubles");
    }

    /// What runs on the machine.
    interface Program {
        /// Starts it in a new process.
        void start(World world);

        /// Asks it to stop.
        void requestStop();

        /// Whether it has.
        boolean hasStopped();
    }

    /// Whether everything is well again, and stays so.
    boolean areOver() {
        return left == 0;
    }

    void begin(Path someFile) {
        end(dice.below(ENDS_MOST + 1));
        SimDisk disk = machine.disk();
        repeat(
                dice.below(4),
                () -> disk.capacity(dice.below(DISK_BYTES)),
                () -> disk.capacity(Long.MAX_VALUE));
        repeat(dice.below(3), () -> disk.flipReads(someFile, 0, Long.MAX_VALUE), disk::heal);
    }

    /// It is worse and then better so many times.
    private void repeat(int times, Runnable worse, Runnable better) {
        if (times == 0) {
            return;
        }
        left++;
        after(
                60,
                () -> {
                    worse.run();
                    after(
                            60,
                            () -> {
                                better.run();
                                left--;
                                repeat(times - 1, worse, better);
                            });
                });
    }

    /// The machine ends so many times, one after the other, and comes back each time.
    private void end(int times) {
        if (times == 0) {
            return;
        }
        left++;
        after(
                120,
                () -> {
                    switch (dice.below(3)) {
                        case 0 -> machine.crash();
                        case 1 -> machine.powerLoss();
                        default -> program.requestStop();
                    }
                    beginAgain(times);
                });
    }

    private void beginAgain(int times) {
        after(
                40,
                () -> {
                    if (machine.running() && !program.hasStopped()) {
                        beginAgain(times);
                        return;
                    }
                    program.start(machine.restart());
                    left--;
                    end(times - 1);
                });
    }

    private void after(int millisMost, Runnable act) {
        simulation.after(Duration.ofMillis(1 + dice.below(millisMost)), act);
    }
}
